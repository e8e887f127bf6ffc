// The options that set a tag when a client's message has something (spec config-language.md 11.4); dhcp-match is with
// dhcp-option.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "settings/dhcp_matching.hpp"

namespace swapmasq::grammar {

Result<settings::DhcpMac> parse_dhcp_mac(std::string_view argument);
Result<settings::DhcpVendorClass> parse_dhcp_vendorclass(std::string_view argument);
Result<settings::DhcpUserClass> parse_dhcp_userclass(std::string_view argument);
// dhcp-circuitid, dhcp-remoteid, dhcp-subscrid: which of them is the caller's to say
Result<settings::RelayAgentMatch> parse_relay_agent_match(std::string_view argument);
Result<settings::DhcpNameMatch> parse_dhcp_name_match(std::string_view argument);

}  // namespace swapmasq::grammar
