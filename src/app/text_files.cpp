#include "app/text_files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <iterator>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "io/descriptor.hpp"
#include "log/auxiliary_file_lines.hpp"

namespace swapmasq::app {

namespace {

FileError last_error() { return {.number = errno, .text = strerror(errno)}; }

bool ignored_name(const std::string& name) {
  return name.empty() || name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
}

std::string path_in(const std::string& folder, const std::string& name) { return fmt::format("{}/{}", folder, name); }

// Links to nowhere: in a folder that stands for its files each of them is worth an error; watched folders are read
// without them.
enum class DeadLinks { listed, left_out };

// In the folder's own order.
std::vector<std::string> files_of(const std::string& folder, DeadLinks dead_links, log::Log& log) {
  std::vector<std::string> files;
  std::error_code error;
  std::filesystem::directory_iterator entry{folder, error};
  if (error) log.write(log::cannot_access_directory(folder, strerror(error.value())));
  for (; !error && entry != std::filesystem::directory_iterator{}; entry.increment(error)) {
    const auto name = entry->path().filename().string();
    if (ignored_name(name)) continue;
    std::error_code unknown;
    const auto status = entry->status(unknown);
    const bool dead = !std::filesystem::exists(status);
    if (std::filesystem::is_regular_file(status) || (dead && dead_links == DeadLinks::listed)) {
      files.push_back(path_in(folder, name));
    }
  }
  return files;
}

}  // namespace

Result<std::string, FileError> read_text_file(const std::string& path) {
  // Not waiting for a FIFO's writer: a mistaken name must not hang the server.
  const io::Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (!file) return tl::unexpected(last_error());
  std::string text;
  struct stat info {};
  if (fstat(file.get(), &info) == 0 && info.st_size > 0) text.reserve(static_cast<std::size_t>(info.st_size));
  std::array<char, 65536> chunk{};
  for (;;) {
    const auto got = ::read(file.get(), chunk.data(), chunk.size());
    if (got == 0) return text;
    if (got > 0) {
      text.append(chunk.data(), static_cast<std::size_t>(got));
    } else if (errno == EISDIR) {
      return text;
    } else if (errno != EINTR) {
      return tl::unexpected(last_error());
    }
  }
}

Result<std::string> text_or_message(const std::string& path) {
  auto text = read_text_file(path);
  if (!text) return tl::unexpected(text.error().text);
  return std::move(*text);
}

std::vector<std::string> files_of_lines(const std::vector<std::string>& paths, log::Log& log) {
  std::vector<std::string> files;
  std::vector<std::string> folders;
  for (auto path = paths.rbegin(); path != paths.rend(); ++path) {
    std::error_code error;
    (std::filesystem::is_directory(*path, error) ? folders : files).push_back(*path);
  }
  for (const auto& folder : folders) {
    auto inside = files_of(folder, DeadLinks::listed, log);
    std::ranges::sort(inside);
    std::ranges::move(inside, std::back_inserter(files));
  }
  return files;
}

std::vector<dns::HostsText> read_hosts_files(const settings::Dns& dns, log::Log& log) {
  auto paths = files_of_lines(dns.hosts_files, log);
  if (!dns.no_hosts) paths.insert(paths.begin(), "/etc/hosts");
  std::vector<dns::HostsText> texts;
  texts.reserve(paths.size());
  for (auto& path : paths) {
    auto text = text_or_message(path);
    texts.push_back({std::move(path), std::move(text)});
  }
  return texts;
}

std::vector<std::string> watch_folder(io::FolderWatch& watch, const std::string& folder, log::Log& log) {
  std::error_code error;
  const auto status = std::filesystem::status(folder, error);
  if (error || !std::filesystem::is_directory(status)) {
    log.write(log::bad_dynamic_directory(folder, error ? strerror(error.value()) : "not a directory"));
    return {};
  }
  if (const int refused = watch.add(folder); refused != 0) {
    log.write(log::cannot_watch(folder, strerror(refused)));
    return {};
  }
  return files_of(folder, DeadLinks::left_out, log);
}

std::optional<std::string> file_of(const io::FolderWatch::Change& change) {
  if (ignored_name(change.name)) return std::nullopt;
  return path_in(change.folder, change.name);
}

std::vector<ResolvText> read_resolv_files(const std::vector<std::string>& paths) {
  std::vector<ResolvText> unreadable;
  std::optional<ResolvText> newest;
  std::time_t modified = 0;
  for (const auto& path : paths) {
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) continue;
    auto text = text_or_message(path);
    if (!text) {
      unreadable.push_back({path, std::move(text)});
    } else if (!newest || info.st_mtime >= modified) {
      newest = ResolvText{path, std::move(text)};
      modified = info.st_mtime;
    }
  }
  if (newest) unreadable.push_back(std::move(*newest));
  return unreadable;
}

}  // namespace swapmasq::app
