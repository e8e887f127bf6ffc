// Watches files by name: a file that is written and closed, or moved into place, is reported. The directory must exist,
// the file need not (spec daemon.md section 8).
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "io/inotify.hpp"

namespace swapmasq::io {

class FileWatch {
 public:
  // Throws StartupError "failed to create inotify: ...".
  FileWatch(Loop& loop, std::function<void()> changed);

  // Symbolic links are followed once, here. Throws StartupError as dnsmasq does for resolv-files.
  void add(const std::string& path);

 private:
  void receive(const std::vector<Inotify::Event>& events);

  std::function<void()> changed_;
  Inotify inotify_;
  std::unordered_map<int, std::vector<std::string>> names_;  // by inotify watch: the file names in that directory
};

}  // namespace swapmasq::io
