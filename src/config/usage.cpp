#include "config/usage.hpp"

#include <fmt/format.h>
#include <iterator>
#include <span>

#include "grammar/option_table.hpp"
#include "grammar/own_options.hpp"
#include "wire/dhcp_option_table.hpp"

namespace swapmasq::config {

namespace {

// Longer ones are cut.
constexpr int left_column_width = 55;

std::string left_column(char letter, std::string_view name, std::string_view argument) {
  const auto short_form = letter == grammar::no_letter ? std::string{"    "} : fmt::format("-{}, ", letter);
  const bool equals_sign = !argument.empty() && !argument.starts_with('[');
  return fmt::format("{}--{}{}{}", short_form, name, equals_sign ? "=" : "", argument);
}

void put_row(std::string& text, std::string_view left, std::string_view help) {
  fmt::format_to(std::back_inserter(text), "{0:<{1}.{1}}{2}\n", left, left_column_width, help);
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
    put_row(text, left_column(row.letter, row.name, row.argument_text), row.help);
  }
  text += "\nOptions that dnsmasq does not have, to be written in full:\n";
  for (const auto& row : grammar::own_option_table()) {
    put_row(text, left_column(grammar::no_letter, row.name, row.argument_text), row.help);
  }
  return text;
}

std::string known_dhcp_options() { return list_of("Known DHCP options:", wire::dhcp4_options()); }

std::string known_dhcp6_options() { return list_of("Known DHCPv6 options:", wire::dhcp6_options()); }

}  // namespace swapmasq::config
