// Addresses that do not exist in the public Internet, as dnsmasq counts them (spec dns-forwarding.md section 9.1).
#pragma once

#include "base/address.hpp"

namespace swapmasq {

enum class Loopback { counts, excepted };

// Loopback and unspecified addresses are private too, unless excepted (rebind-localhost-ok).
bool is_private(const IpAddress& address, Loopback loopback = Loopback::counts);

}  // namespace swapmasq
