// in-addr.arpa, ip6.arpa and ip6.int names as addresses (RFC 1035 section 3.5, RFC 3596; spec dns-local-data.md
// section 19): leading labels may be missing and count as 0.
#pragma once

#include <optional>

#include "base/address.hpp"
#include "wire/dns_name.hpp"

namespace swapmasq::dns {

// `name` in lower case; nothing for names that are no address.
std::optional<IpAddress> address_of_reverse_name(wire::WireName name);

}  // namespace swapmasq::dns
