// Who is behind an IP address: asked only for tftp-unique-root=mac.
#pragma once

#include <optional>

#include "base/address.hpp"

namespace swapmasq::tftp {

class Neighbours {
 public:
  virtual ~Neighbours() = default;

  // The DHCPv4 lease of the address; nothing when there is none, or no DHCP.
  virtual std::optional<HardwareAddress> leased(Ipv4 address) const = 0;

  // The kernel's neighbour table.
  virtual std::optional<HardwareAddress> neighbour(const IpAddress& address, unsigned interface_index) const = 0;
};

}  // namespace swapmasq::tftp
