// What this build is: the dnsmasq release it stands in for, its own version, and the features it has.
#pragma once

#include <string>
#include <string_view>

namespace swapmasq::config {

// The dnsmasq release whose behaviour this program has; printed wherever programs look for dnsmasq's version.
inline constexpr std::string_view dnsmasq_level = "2.93";

// "IPv6 GNU-getopt no-DBus ...": the second line of --version and the start-up line "compile time options: ...".
std::string compile_time_options();

// The whole text of --version.
std::string version_text();

}  // namespace swapmasq::config
