// inotify(7): what happens to the entries of watched folders, a batch of events at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "io/descriptor.hpp"
#include "io/loop.hpp"

namespace swapmasq::io {

class Inotify {
 public:
  struct Event {
    int watch = -1;
    std::uint32_t mask = 0;
    std::string name;  // of the entry in the watched folder
  };
  using Handler = std::function<void(const std::vector<Event>&)>;

  // Throws StartupError "failed to create inotify: ...".
  Inotify(Loop& loop, Handler handler);

  // The watch, which is the same for a folder that is watched already; less than 0: errno says why not.
  int add(const std::string& folder, std::uint32_t mask);

 private:
  void receive();

  Handler handler_;
  Descriptor inotify_;
  Loop::Watch watch_;
};

}  // namespace swapmasq::io
