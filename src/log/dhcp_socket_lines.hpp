// The catalogue: what the DHCP sockets have to say (spec dhcpv4.md sections 1 and 16).
#pragma once

#include <fmt/format.h>
#include <string_view>

#include "base/address.hpp"
#include "log/line.hpp"

namespace swapmasq::log {

inline Line dhcp_bound_to_interface(std::string_view interface) {
  return {Priority::info, Subsystem::dhcp, fmt::format("DHCP, sockets bound exclusively to interface {}", interface)};
}
inline Line dhcp_binding_lost(std::string_view interface) {
  return {Priority::error, Subsystem::core, fmt::format("error binding DHCP socket to device {}", interface)};
}
inline Line arp_injection_failed(std::string_view error) {
  return {Priority::error, Subsystem::dhcp, fmt::format("ARP-cache injection failed: {}", error)};
}
inline Line dhcp_send_failed(Ipv4 destination, std::string_view error) {
  return {Priority::warning, Subsystem::dhcp,
          fmt::format("Error sending DHCP packet to {}: {}", destination.to_string(), error)};
}

}  // namespace swapmasq::log
