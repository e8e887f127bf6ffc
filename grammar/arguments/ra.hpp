// The arguments of ra-param and dhcp-duid (spec config-language.md 11.4, section 12).
#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "settings/dhcp6.hpp"

namespace swapmasq::grammar {

// Nothing for a line without a comma, which has no effect.
Result<std::optional<settings::RaParam>> parse_ra_param(std::string_view argument);
Result<settings::DhcpDuid> parse_dhcp_duid(std::string_view argument);

}  // namespace swapmasq::grammar
