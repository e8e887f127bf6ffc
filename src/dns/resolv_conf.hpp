// resolv.conf(5) to servers (spec dns-forwarding.md section 17.1).
#pragma once

#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "net/interfaces.hpp"

namespace swapmasq::dns {

// The nameserver lines, port 53; everything else, bad addresses too, is silently left out. A %scope is an interface
// name out of `interfaces`, or its number.
std::vector<Endpoint> parse_resolv_conf(std::string_view text, const net::Interfaces& interfaces);

}  // namespace swapmasq::dns
