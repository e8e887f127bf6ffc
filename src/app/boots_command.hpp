// --boots: asks the daemon that runs with this configuration for the stories of its clients' boots.
#pragma once

#include <string_view>

#include "settings/settings.hpp"

namespace swapmasq::app {

inline constexpr std::string_view boots_timeline_command = "boots timeline", boots_json_command = "boots json";

// Whether a daemon with these settings has a control socket: only who serves DHCP or TFTP has something to tell.
bool has_boot_stories(const settings::Settings& settings);

// Prints the answer on standard output, or on standard error why there is none. The exit code: 0 or 1.
[[nodiscard]] int print_boots(const settings::Settings& settings, std::string_view command);

}  // namespace swapmasq::app
