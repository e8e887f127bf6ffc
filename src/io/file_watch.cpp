#include "io/file_watch.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <sys/inotify.h>
#include <system_error>
#include <utility>

#include "base/startup_error.hpp"

namespace swapmasq::io {

namespace {

constexpr int most_links = 20;

std::string follow_links(const std::string& path) {
  std::filesystem::path current = path;
  for (int links = 0;; ++links) {
    std::error_code error;
    const auto target = std::filesystem::read_symlink(current, error);
    if (error == std::errc::invalid_argument || error == std::errc::no_such_file_or_directory) return current;
    if (error)
      throw StartupError(ExitCode::other,
                         fmt::format("cannot access path {}: {}", current.string(), strerror(error.value())));
    if (links == most_links) throw StartupError(ExitCode::other, fmt::format("too many symlinks following {}", path));
    current = target.is_absolute() ? target : current.parent_path() / target;
  }
}

}  // namespace

FileWatch::FileWatch(Loop& loop, std::function<void()> changed)
    : changed_(std::move(changed)), inotify_(loop, [this](const auto& events) { receive(events); }) {}

void FileWatch::add(const std::string& path) {
  const auto file = follow_links(path);
  const auto slash = file.rfind('/');
  const auto directory = slash == std::string::npos ? std::string{} : slash == 0 ? "/" : file.substr(0, slash);
  const int watch = inotify_.add(directory, IN_CLOSE_WRITE | IN_MOVED_TO);
  if (watch < 0) {
    if (errno == ENOENT && slash != std::string::npos) {
      throw StartupError(ExitCode::other, fmt::format("directory {} for resolv-file is missing, cannot poll", path));
    }
    throw StartupError(ExitCode::other, fmt::format("failed to create inotify for {}: {}", path, strerror(errno)));
  }
  names_[watch].push_back(file.substr(slash + 1));
}

void FileWatch::receive(const std::vector<Inotify::Event>& events) {
  const bool hit = std::ranges::any_of(events, [this](const auto& event) {
    const auto names = names_.find(event.watch);
    return names != names_.end() && std::ranges::find(names->second, event.name) != names->second.end();
  });
  if (hit) changed_();
}

}  // namespace swapmasq::io
