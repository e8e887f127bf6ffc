// The arguments of dhcp-option and its kin, and a line of a dhcp-optsfile (spec config-language.md 11.3, 11.4).
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "settings/dhcp.hpp"
#include "settings/dhcp_matching.hpp"

namespace swapmasq::grammar {

Result<settings::DhcpOption> parse_dhcp_option(std::string_view argument);
Result<settings::DhcpOption> parse_dhcp_option_force(std::string_view argument);
Result<settings::DhcpOption> parse_dhcp_option_pxe(std::string_view argument);
Result<settings::DhcpMatch> parse_dhcp_match(std::string_view argument);

}  // namespace swapmasq::grammar
