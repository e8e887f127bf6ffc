#include "io/folder_watch.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/inotify.h>
#include <utility>

namespace swapmasq::io {

FolderWatch::FolderWatch(Loop& loop, Handler changed)
    : changed_(std::move(changed)), inotify_(loop, [this](const auto& events) { receive(events); }) {}

int FolderWatch::add(const std::string& folder) {
  const int watch = inotify_.add(folder, IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE);
  if (watch < 0) return errno;
  auto& folders = folders_[watch];
  if (std::ranges::find(folders, folder) == folders.end()) folders.push_back(folder);
  return 0;
}

void FolderWatch::receive(const std::vector<Inotify::Event>& events) {
  std::vector<Change> changes;
  for (const auto& event : events) {
    const auto watched = folders_.find(event.watch);
    if (watched == folders_.end()) continue;
    if ((event.mask & IN_IGNORED) != 0) {
      folders_.erase(watched);
      continue;
    }
    if (event.name.empty()) continue;
    for (const auto& folder : watched->second) {
      changes.push_back({folder, event.name, (event.mask & IN_DELETE) != 0});
    }
  }
  if (!changes.empty()) changed_(changes);
}

}  // namespace swapmasq::io
