// The argument of dhcp-host, and a line of a dhcp-hostsfile (spec config-language.md 11.2). That no two lines may hold
// one address is the caller's to check.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::grammar {

Result<settings::DhcpHost> parse_dhcp_host(std::string_view argument);

}  // namespace swapmasq::grammar
