#include "config/build.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "grammar/option_table.hpp"

namespace swapmasq::config {

using grammar::Option;
using grammar::Support;

namespace {

// The words that programs look for, in dnsmasq's order.
constexpr std::array<std::string_view, 18> feature_words{
    "IPv6", "GNU-getopt",   "no-DBus",  "no-UBus",   "no-i18n", "IDN2",      "DHCP",        "no-DHCPv6", "Lua",
    "TFTP", "no-conntrack", "no-ipset", "no-nftset", "no-auth", "no-DNSSEC", "loop-detect", "inotify",   "dumpfile"};

}  // namespace

std::string compile_time_options() {
  auto words = feature_words;
  if (grammar::row_of(Option::dhcp_luascript).support != Support::works) {
    std::ranges::replace(words, "Lua", "no-Lua");
  }
  return fmt::format("{}", fmt::join(words, " "));
}

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
