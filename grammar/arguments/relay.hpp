// The arguments of dhcp-relay, dhcp-split-relay, dhcp-proxy, shared-network and bridge-interface (spec
// config-language.md 9.8, 11.4, 11.6).
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "grammar/lookup.hpp"
#include "settings/dhcp.hpp"
#include "settings/dhcp6.hpp"
#include "settings/dhcp_relay.hpp"

namespace swapmasq::grammar {

using SharedNetworkLine = std::variant<settings::SharedNetwork, settings::SharedNetwork6>;

Result<settings::DhcpRelay> parse_dhcp_relay(std::string_view argument);
Result<settings::DhcpRelay> parse_dhcp_split_relay(std::string_view argument);
Result<std::vector<Ipv4>> parse_dhcp_proxy(std::string_view argument);
Result<SharedNetworkLine> parse_shared_network(std::string_view argument, const Lookup& lookup);
Result<settings::BridgeInterface> parse_bridge_interface(std::string_view argument);

}  // namespace swapmasq::grammar
