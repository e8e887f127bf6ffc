// Who asked, and how to answer. The engine hands it back unchanged with the reply.
#pragma once

#include <cstdint>

#include "base/address.hpp"

namespace swapmasq::dns {

struct Client {
  Endpoint endpoint;             // where the query came from
  IpAddress local;               // the address it was sent to: the reply leaves from there
  unsigned interface_index = 0;  // where it arrived
  std::uint64_t listener = 0;    // io's own handle of the UDP socket or the TCP connection
  bool tcp = false;
};

}  // namespace swapmasq::dns
