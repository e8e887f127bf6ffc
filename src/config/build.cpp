#include "config/build.hpp"

#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace swapmasq::config {

namespace {

// The words that programs look for, in dnsmasq's order.
constexpr std::array<std::string_view, 18> feature_words{
    "IPv6", "GNU-getopt",   "no-DBus",  "no-UBus",   "no-i18n", "IDN2",      "DHCP",        "no-DHCPv6", "no-scripts",
    "TFTP", "no-conntrack", "no-ipset", "no-nftset", "no-auth", "no-DNSSEC", "loop-detect", "inotify",   "no-dumpfile"};

}  // namespace

std::string compile_time_options() { return fmt::format("{}", fmt::join(feature_words, " ")); }

std::string version_text() {
  return fmt::format(
      "Dnsmasq version {} (swapmasq {})  Copyright (c) 2026 the swapmasq authors\n"
      "Compile time options: {}\n"
      "\n"
      "swapmasq is free software under the MIT licence: use it, change it and pass it on as you like.\n"
      "It comes as it is, without any warranty.\n",
      dnsmasq_level, SWAPMASQ_VERSION, compile_time_options());
}

}  // namespace swapmasq::config
