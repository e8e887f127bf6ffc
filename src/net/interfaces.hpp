// The host's interfaces and addresses as a value: taken from the kernel by io, read by everything that has to know
// where a packet came in. Engines get it as an argument and never ask the kernel.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"

namespace swapmasq::net {

struct InterfaceAddress {
  IpAddress address;
  unsigned prefix_length = 0;  // bits
  Ipv4 broadcast;              // IPv4 only; 0 when the interface has none
  std::string label;           // IPv4 only: "eth0:1"; equals the interface name when there is no label
  bool tentative = false;      // IPv6 duplicate address detection is still going on
  bool temporary = false;      // IPv6 privacy address (RFC 8981)
  bool deprecated = false;     // IPv6 address past its preferred lifetime

  Ipv4 netmask() const { return Ipv4::netmask(prefix_length); }
};

struct Interface {
  unsigned index = 0;
  std::string name;
  bool loopback = false;
  unsigned mtu = 1500;  // octets
  HardwareAddress hardware;
  std::vector<InterfaceAddress> addresses;  // in the kernel's order

  // The first IPv4 address, which the kernel calls primary.
  const InterfaceAddress* primary_ipv4() const;
};

using Interfaces = std::vector<Interface>;

const Interface* find_interface(const Interfaces& interfaces, unsigned index);
const Interface* find_interface(const Interfaces& interfaces, std::string_view name);
// Who has the address.
const Interface* find_owner(const Interfaces& interfaces, const IpAddress& address);

}  // namespace swapmasq::net
