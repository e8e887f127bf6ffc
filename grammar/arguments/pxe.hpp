// The arguments of pxe-service, pxe-prompt and dhcp-pxe-vendor (spec config-language.md section 12).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::grammar {

// A service with a basename has type 0 here: types from 32768 on are given in order of appearance over all lines.
Result<settings::PxeService> parse_pxe_service(std::string_view argument);
Result<settings::PxePrompt> parse_pxe_prompt(std::string_view argument);
Result<std::vector<std::string>> parse_dhcp_pxe_vendor(std::string_view argument);

}  // namespace swapmasq::grammar
