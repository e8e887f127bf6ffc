// Watches whole folders: files that are written and closed, moved in, or deleted. Files that are moved out are not
// noticed, as in the reference (spec dns-local-data.md section 3.4).
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "io/inotify.hpp"

namespace swapmasq::io {

class FolderWatch {
 public:
  struct Change {
    std::string folder;  // as it was given
    std::string name;
    bool removed = false;
  };
  using Handler = std::function<void(const std::vector<Change>&)>;

  // The handler gets what happened since its last call, in that order. Throws StartupError "failed to create inotify:
  // ...".
  FolderWatch(Loop& loop, Handler changed);

  // 0, or errno. A folder may be added again, to be found after it was deleted and made anew.
  int add(const std::string& folder);

 private:
  void receive(const std::vector<Inotify::Event>& events);

  Handler changed_;
  Inotify inotify_;
  std::unordered_map<int, std::vector<std::string>> folders_;  // by inotify watch; several names of one folder share it
};

}  // namespace swapmasq::io
