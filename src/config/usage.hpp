// What --help prints (spec config-language.md section 7.3).
#pragma once

#include <string>

namespace swapmasq::config {

// One line per option, from the option table.
std::string usage_text();

// The options that can be named in dhcp-option, for `--help dhcp` and `--help dhcp6`.
std::string known_dhcp_options();
std::string known_dhcp6_options();

}  // namespace swapmasq::config
