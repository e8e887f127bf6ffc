#include "config/usage.hpp"

#include <fmt/format.h>
#include <iterator>
#include <span>

#include "grammar/option_table.hpp"
#include "wire/dhcp_option_table.hpp"

namespace swapmasq::config {

namespace {

// Longer ones are cut.
constexpr int left_column_width = 55;

std::string left_column(const grammar::OptionRow& row) {
  const auto letter = row.letter == grammar::no_letter ? std::string{"    "} : fmt::format("-{}, ", row.letter);
  const bool equals_sign = !row.argument_text.empty() && !row.argument_text.starts_with('[');
  return fmt::format("{}--{}{}{}", letter, row.name, equals_sign ? "=" : "", row.argument_text);
}

std::string list_of(std::string_view title, std::span<const wire::DhcpOptionInfo> options) {
  auto text = fmt::format("{}\n", title);
  for (const auto& option : options) {
    if (!option.internal()) fmt::format_to(std::back_inserter(text), "{:3} {}\n", option.number, option.name);
  }
  return text;
}

}  // namespace

std::string usage_text() {
  std::string text = "Usage: dnsmasq [options]\n\nValid options are:\n";
  for (const auto& row : grammar::option_table()) {
    if (row.alias()) continue;
    fmt::format_to(std::back_inserter(text), "{0:<{1}.{1}}{2}\n", left_column(row), left_column_width, row.help);
  }
  return text;
}

std::string known_dhcp_options() { return list_of("Known DHCP options:", wire::dhcp4_options()); }

std::string known_dhcp6_options() { return list_of("Known DHCPv6 options:", wire::dhcp6_options()); }

}  // namespace swapmasq::config
