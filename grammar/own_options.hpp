// Options that dnsmasq does not have. They stand beside the option table, not in it, so that they never change what an
// abbreviation of a dnsmasq option means: on the command line they must be written in full (--name or --name=value),
// and in files they are unknown.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "grammar/option_table.hpp"

namespace swapmasq::grammar {

enum class OwnOption : std::uint8_t { boots, check, dns_threads };

struct OwnOptionRow {
  OwnOption option;
  std::string_view name;
  ArgumentKind argument;           // always after '='
  std::string_view argument_text;  // as in OptionRow
  std::string_view help;
};

// As it was given.
struct OwnDirective {
  OwnOption option{};
  std::optional<std::string> argument;
};

std::span<const OwnOptionRow> own_option_table();

// The row with exactly this long name.
const OwnOptionRow* find_own_option(std::string_view name);

}  // namespace swapmasq::grammar
