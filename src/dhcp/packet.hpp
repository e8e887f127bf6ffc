// A DHCPv4 datagram as received, with its packet info.
#pragma once

#include "base/address.hpp"
#include "base/bytes.hpp"

namespace swapmasq::dhcp {

struct Packet {
  ByteView bytes;
  Endpoint source;
  Ipv4 destination;
  unsigned interface_index = 0;
  bool pxe_port = false;  // came in on port 4011
};

}  // namespace swapmasq::dhcp
