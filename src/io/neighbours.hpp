// The kernel's neighbour table (ARP, NDP).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/address.hpp"

namespace swapmasq::io {

// Enters address -> hardware for an interface, so that a datagram reaches a client that cannot answer ARP yet. `socket`
// is any IPv4 socket. 0 or errno.
int add_neighbour(int socket, const std::string& interface, Ipv4 address, const HardwareAddress& hardware);

struct Neighbour {
  IpAddress address;
  HardwareAddress hardware;
  unsigned interface_index = 0;
};

// All whose hardware address the kernel knows.
std::vector<Neighbour> neighbours();

}  // namespace swapmasq::io
