// The catalogue: lines about auxiliary files and folders (spec config-language.md section 14, dns-local-data.md 3.4).
#pragma once

#include <cstddef>
#include <fmt/format.h>
#include <string>
#include <string_view>

#include "log/line.hpp"

namespace swapmasq::log {

inline Line cannot_read(std::string_view path, std::string_view error) {
  return {Priority::error, Subsystem::core, fmt::format("cannot read {}: {}", path, error)};
}
inline Line cannot_access_directory(std::string_view path, std::string_view error) {
  return {Priority::error, Subsystem::core, fmt::format("cannot access directory {}: {}", path, error)};
}
inline Line bad_dynamic_directory(std::string_view path, std::string_view error) {
  return {Priority::error, Subsystem::core, fmt::format("bad dynamic directory {}: {}", path, error)};
}
inline Line cannot_watch(std::string_view path, std::string_view error) {
  return {Priority::error, Subsystem::core, fmt::format("failed to create inotify for {}: {}", path, error)};
}
inline Line file_new_or_modified(std::string_view path) {
  return {Priority::info, Subsystem::core, fmt::format("inotify: {} new or modified", path)};
}
inline Line file_removed(std::string_view path) {
  return {Priority::info, Subsystem::core, fmt::format("inotify: {} removed", path)};
}
// With the place that it was refused at.
inline Line refused_line(std::string_view message) { return {Priority::error, Subsystem::core, std::string{message}}; }
inline Line dhcp_read(std::string_view path) { return {Priority::info, Subsystem::dhcp, fmt::format("read {}", path)}; }

inline Line ethers_failed(std::string_view path, std::string_view error) {
  return {Priority::error, Subsystem::dhcp, fmt::format("failed to read {}: {}", path, error)};
}
inline Line ethers_read(std::string_view path, std::size_t addresses) {
  return {Priority::info, Subsystem::dhcp, fmt::format("read {} - {} addresses", path, addresses)};
}
inline Line ethers_bad_line(std::string_view path, std::size_t line) {
  return {Priority::error, Subsystem::dhcp, fmt::format("bad line at {} line {}", path, line)};
}
inline Line ethers_bad_address(std::string_view path, std::size_t line) {
  return {Priority::error, Subsystem::dhcp, fmt::format("bad address at {} line {}", path, line)};
}
inline Line ethers_bad_name(std::string_view path, std::size_t line) {
  return {Priority::error, Subsystem::dhcp, fmt::format("bad name at {} line {}", path, line)};
}
inline Line ethers_duplicate(std::string_view path, std::size_t line) {
  return {Priority::error, Subsystem::dhcp,
          fmt::format("ignoring {} line {}, duplicate name or IP address", path, line)};
}

}  // namespace swapmasq::log
