#include "io/file_watch.hpp"

#include <algorithm>
#include <array>
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
    : changed_(std::move(changed)), inotify_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  if (!inotify_) throw StartupError(ExitCode::other, fmt::format("failed to create inotify: {}", strerror(errno)));
  watch_ = loop.watch_readable(inotify_.get(), [this] { receive(); });
}

void FileWatch::add(const std::string& path) {
  const auto file = follow_links(path);
  const auto slash = file.rfind('/');
  const auto directory = slash == std::string::npos ? std::string{} : slash == 0 ? "/" : file.substr(0, slash);
  const int watch = inotify_add_watch(inotify_.get(), directory.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO);
  if (watch < 0) {
    if (errno == ENOENT && slash != std::string::npos) {
      throw StartupError(ExitCode::other, fmt::format("directory {} for resolv-file is missing, cannot poll", path));
    }
    throw StartupError(ExitCode::other, fmt::format("failed to create inotify for {}: {}", path, strerror(errno)));
  }
  names_[watch].push_back(file.substr(slash + 1));
}

void FileWatch::receive() {
  alignas(inotify_event) std::array<char, 4096> buffer{};
  bool hit = false;
  for (;;) {
    const auto got = ::read(inotify_.get(), buffer.data(), buffer.size());
    if (got <= 0) break;
    std::size_t position = 0;
    while (position + sizeof(inotify_event) <= static_cast<std::size_t>(got)) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + position, sizeof event);
      const std::string name = event.len == 0 ? "" : buffer.data() + position + sizeof event;
      const auto names = names_.find(event.wd);
      hit = hit || (names != names_.end() &&
                    std::find(names->second.begin(), names->second.end(), name) != names->second.end());
      position += sizeof event + event.len;
    }
  }
  if (hit) changed_();
}

}  // namespace swapmasq::io
