// A PC without a disk (QEMU, firmware.hpp) on a tap device, what its console says, and what is typed there. The console
// is the serial port. `when=TEXT press=KEY` presses a key once the console shows the text after what the key before it
// answered.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <sys/types.h>

#include "event_loop.hpp"
#include "script.hpp"

namespace swapmasq::compat {

class VirtualPc {
 public:
  // `console` is called with each piece of output, terminal control sequences removed.
  VirtualPc(EventLoop& loop, const Step& step, const Fd& tap, std::function<void(const std::string&)> console);
  ~VirtualPc();
  VirtualPc(const VirtualPc&) = delete;
  VirtualPc& operator=(const VirtualPc&) = delete;

  // Everything so far, terminal control sequences removed.
  const std::string& screen() const { return screen_; }
  // It was switched off, or could not be built.
  bool ended() const { return ended_; }

 private:
  struct Keystroke {
    std::string when;
    std::string keys;
  };

  void read_console();

  EventLoop& loop_;
  std::function<void(const std::string&)> console_;
  pid_t process_ = 0;
  bool ended_ = false;
  Fd output_;
  Fd keyboard_;
  std::deque<Keystroke> keystrokes_;
  std::size_t answered_ = 0;  // as far as here the screen has been reacted to
  std::string pending_;
  std::string screen_;
};

}  // namespace swapmasq::compat
