// --boots: asks the daemon that runs with this configuration for the stories of its clients' boots.
#pragma once

#include <optional>
#include <string_view>

#include "settings/settings.hpp"

namespace swapmasq::app {

inline constexpr std::string_view boots_timeline_command = "boots timeline", boots_json_command = "boots json";

// Whether a daemon with these settings has a control socket: only who serves DHCP or TFTP has something to tell.
bool has_boot_stories(const settings::Settings& settings);

// The command that --boots on the command line stands for; nothing: it is not there. Throws StartupError for a form
// that there is none of.
std::optional<std::string_view> boots_requested(int argc, const char* const* argv);

// Finds the daemon by the configuration that the command line names, and prints its answer on standard output, or on
// standard error why there is none. What --help or --version print is printed, when they are there, too. The exit code:
// 0, or 1 without an answer.
[[nodiscard]] int print_boots(int argc, const char* const* argv, std::string_view command);

}  // namespace swapmasq::app
