// Lists of interfaces and of addresses (spec config-language.md 9.8).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/result.hpp"

namespace swapmasq::grammar {

// interface, except-interface, no-dhcp-interface and its two variants, enable-tftp. One empty name for an empty
// argument.
Result<std::vector<std::string>> parse_interfaces(std::string_view argument);
// listen-address, auth-peer
Result<std::vector<IpAddress>> parse_addresses(std::string_view argument);

}  // namespace swapmasq::grammar
