// The lines of dhcp-relay and dhcp-split-relay (spec dhcpv4.md sections 1.1 and 14).
#pragma once

#include <fmt/format.h>
#include <string>
#include <string_view>

#include "log/line.hpp"
#include "settings/dhcp_relay.hpp"

namespace swapmasq::log {

// At the start.
inline Line dhcp_relay(const settings::DhcpRelay& relay) {
  constexpr std::uint16_t usual_port = 67;
  std::string text = fmt::format("DHCP {} from {}", relay.split && !relay.interface.empty() ? "split-relay" : "relay",
                                 relay.local.to_string());
  if (!relay.server.unspecified()) text += " to " + relay.server.to_string();
  if (!relay.server.unspecified() && relay.port != usual_port) text += fmt::format("#{}", relay.port);
  if (!relay.interface.empty()) text += " via " + relay.interface;
  return {Priority::info, Subsystem::dhcp, std::move(text)};
}

// A request that was passed on, with log-dhcp.
inline Line dhcp_relayed(const settings::DhcpRelay& relay) {
  const auto where = relay.server.unspecified() ? "broadcast via " + relay.interface : std::string {
    relay.server.to_string()
  };
  return {Priority::info, Subsystem::dhcp, fmt::format("DHCP relay at {} -> {}", relay.local.to_string(), where)};
}

inline Line dhcp_relay_ambiguous(Ipv4 local) {
  return {Priority::warning, Subsystem::dhcp,
          fmt::format("DHCP relay address {} appears on more than one interface", local.to_string())};
}
inline Line dhcp_relay_cannot_broadcast(std::string_view interface, std::string_view error) {
  return {Priority::error, Subsystem::dhcp,
          fmt::format("Cannot broadcast DHCP relay via interface {}: {}", interface, error)};
}
inline Line dhcp_relay_cannot_send(std::string_view interface, std::string_view error) {
  return {Priority::error, Subsystem::dhcp,
          fmt::format("Cannot send to server via interface {}: {}", interface, error)};
}

}  // namespace swapmasq::log
