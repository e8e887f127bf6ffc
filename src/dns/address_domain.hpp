// domain=: the domain that names of an address get (spec dns-local-data.md section 16).
#pragma once

#include <string_view>

#include "base/address.hpp"
#include "net/interfaces.hpp"
#include "settings/dns.hpp"

namespace swapmasq::dns {

// The conditional domain whose range holds the address, later lines first; else the default one; empty: none.
std::string_view domain_of(const settings::Dns& dns, const net::Interfaces& interfaces, const IpAddress& address);

}  // namespace swapmasq::dns
