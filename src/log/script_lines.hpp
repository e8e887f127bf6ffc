// The lines about lease-change scripts (spec leases-and-scripts.md section 5.1).
#pragma once

#include <fmt/format.h>
#include <string>
#include <string_view>

#include "log/line.hpp"

namespace swapmasq::log {

// What a script prints.
inline Line script_output(std::string_view text) { return {Priority::debug, Subsystem::script, std::string{text}}; }

inline Line script_exited(int status) {
  return {Priority::warning, Subsystem::core, fmt::format("script process exited with status {}", status)};
}
inline Line script_killed(int signal) {
  return {Priority::warning, Subsystem::core, fmt::format("script process killed by signal {}", signal)};
}
inline Line script_not_executed(std::string_view path, std::string_view error) {
  return {Priority::error, Subsystem::core, fmt::format("failed to execute {}: {}", path, error)};
}
inline Line lua_script_failed(std::string_view error) {
  return {Priority::error, Subsystem::core, fmt::format("Lua script failed: {}", error)};
}

}  // namespace swapmasq::log
