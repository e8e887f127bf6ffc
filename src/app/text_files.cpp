#include "app/text_files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "io/descriptor.hpp"

namespace swapmasq::app {

namespace {

FileError last_error() { return {.number = errno, .text = strerror(errno)}; }

Result<std::string> text_or_message(const std::string& path) {
  auto text = read_text_file(path);
  if (!text) return tl::unexpected(text.error().text);
  return std::move(*text);
}

bool ignored_name(const std::string& name) {
  return name.empty() || name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
}

std::vector<std::string> files_of(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    const auto name = entry.path().filename().string();
    if (!ignored_name(name) && entry.is_regular_file(error)) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
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
    } else if (errno != EINTR) {
      return tl::unexpected(last_error());
    }
  }
}

std::vector<dns::HostsText> read_hosts_files(const settings::Dns& dns) {
  std::vector<std::string> paths;
  if (!dns.no_hosts) paths.emplace_back("/etc/hosts");
  std::vector<std::string> directories;
  for (auto path = dns.hosts_files.rbegin(); path != dns.hosts_files.rend(); ++path) {
    std::error_code error;
    (std::filesystem::is_directory(*path, error) ? directories : paths).push_back(*path);
  }
  for (const auto& directory : directories) {
    const auto files = files_of(directory);
    paths.insert(paths.end(), files.begin(), files.end());
  }
  std::vector<dns::HostsText> texts;
  texts.reserve(paths.size());
  for (auto& path : paths) {
    auto text = text_or_message(path);
    texts.push_back({std::move(path), std::move(text)});
  }
  return texts;
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
