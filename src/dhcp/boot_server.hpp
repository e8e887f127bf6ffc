// The boot server that a dhcp-boot or pxe-service line gives by address or by a name of the hosts files.
#pragma once

#include <optional>

#include "base/address.hpp"
#include "dhcp/host_names.hpp"
#include "log/dhcp_lines.hpp"
#include "log/line.hpp"

namespace swapmasq::dhcp {

// Nothing when the line gives none; a name without address is the server 0.0.0.0, which the log is told.
template <typename Line>
std::optional<Ipv4> boot_server(const Line& line, const HostNames& names, log::Log& log) {
  if (line.server_host.empty()) return line.server;
  const auto addresses = names.addresses_of(line.server_host);
  if (!addresses.empty()) return addresses.front();
  log.write(log::dhcp_server_not_found(line.server_host));
  return Ipv4{};
}

}  // namespace swapmasq::dhcp
