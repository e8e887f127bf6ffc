// The value of a DHCP option: from its text, and the type that the table declares, to the octets on the wire (spec
// config-language.md 11.3 "Value type inference").
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "wire/dhcp_option_table.hpp"

namespace swapmasq::grammar {

// What is known of an option before its value is read.
struct DhcpValueContext {
  bool dhcp6 = false;
  std::uint32_t code = 0;
  const wire::DhcpOptionInfo* declared = nullptr;  // its row of the table; null: inferred
  bool wildcards = false;                          // hex octets may be "*" (dhcp-match)
};

struct DhcpValue {
  enum class Form { hex, integer, addresses, routes, text, names, counted_strings };

  Form form = Form::text;
  std::vector<std::optional<std::uint8_t>> octets;  // nothing: a wildcard
};

Result<DhcpValue> parse_dhcp_value(std::string_view text, const DhcpValueContext& context);

}  // namespace swapmasq::grammar
