// The argument of dhcp-boot (spec config-language.md 11.5).
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::grammar {

Result<settings::DhcpBoot> parse_dhcp_boot(std::string_view argument);

}  // namespace swapmasq::grammar
