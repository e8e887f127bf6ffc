// Relaying (spec config-language.md 11.6, dhcpv4.md 14).
#pragma once

#include <cstdint>
#include <string>

#include "base/address.hpp"

namespace swapmasq::settings {

// dhcp-relay, dhcp-split-relay. Without a server (unspecified address) requests are broadcast through the interface.
struct DhcpRelay {
  IpAddress local;
  IpAddress server;  // of the family of `local`
  std::uint16_t port = 67;
  std::string interface;  // may end in '*'; empty: any
  bool split = false;
  IpAddress uplink;  // split, in place of an interface
};

}  // namespace swapmasq::settings
