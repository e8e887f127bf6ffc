// A PC without a disk (QEMU, no acceleration, iPXE in the network card's ROM) on a tap device, and what its console
// says. The console is the serial port: `graphics=off` makes the BIOS print there, and with it everything that prints
// through the BIOS, which includes iPXE and PXELINUX.
#pragma once

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

 private:
  void read_console();

  EventLoop& loop_;
  std::function<void(const std::string&)> console_;
  pid_t process_ = 0;
  Fd output_;
  std::string raw_;
  std::string screen_;
};

}  // namespace swapmasq::compat
