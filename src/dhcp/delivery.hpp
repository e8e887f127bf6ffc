// How a client is reached that may not have an address yet (RFC 2131 section 4.1; spec dhcpv4.md section 16 d to f).
#pragma once

#include <cstdint>

#include "dhcp/action.hpp"
#include "wire/dhcp4_message.hpp"

namespace swapmasq::dhcp {

inline constexpr Ipv4 limited_broadcast{0xffffffffU};

// Addresses `send` to the client of a reply with this header, whose own address is not known to work; it is on the
// interface with this index.
void deliver_on_link(Send& send, const wire::Dhcp4Header& header, unsigned interface, std::uint16_t client_port);

}  // namespace swapmasq::dhcp
