// The argument of dhcp-range (spec config-language.md 11.1).
#pragma once

#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "settings/dhcp.hpp"
#include "settings/dhcp6.hpp"

namespace swapmasq::grammar {

using DhcpRangeLine = std::variant<settings::DhcpRange, settings::DhcpRange6>;

Result<DhcpRangeLine> parse_dhcp_range(std::string_view argument);

}  // namespace swapmasq::grammar
