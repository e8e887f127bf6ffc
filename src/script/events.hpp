// The events of the engines in the words of scripts (spec leases-and-scripts.md sections 5.2 to 5.4).
#pragma once

#include <cstdint>

#include "base/address.hpp"
#include "base/time.hpp"
#include "dhcp/lease_event.hpp"
#include "script/event.hpp"

namespace swapmasq::script {

// What is the same for all leases.
struct LeaseSurroundings {
  const std::optional<Bytes>& server_duid;
  bool log_dhcp = false;
  std::string_view default_domain;  // of IPv6 leases; empty: none
};

// add, old, del
Event lease_event(const dhcp::LeaseEvent& event, const LeaseSurroundings& surroundings, TimePoint now);

// tftp: a file was sent in full
Event file_sent(std::uint64_t size, const IpAddress& client, std::string_view path);

// arp-add, arp-del
Event neighbour_came(const IpAddress& address, const HardwareAddress& hardware);
Event neighbour_went(const IpAddress& address, const HardwareAddress& hardware);

}  // namespace swapmasq::script
