// Lists of interfaces and of addresses (spec config-language.md 9.8).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/result.hpp"
#include "settings/auth.hpp"

namespace swapmasq::grammar {

// interface, except-interface, no-dhcp-interface and its two variants, enable-tftp. One empty name for an empty
// argument.
Result<std::vector<std::string>> parse_interfaces(std::string_view argument);
// An interface that a name or a zone refers to: ifname [ "/4" | "/6" ]. Nothing when it has another suffix.
std::optional<settings::InterfaceAddresses> interface_addresses(std::string_view text);
// listen-address, auth-peer
Result<std::vector<IpAddress>> parse_addresses(std::string_view argument);

}  // namespace swapmasq::grammar
