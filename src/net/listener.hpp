// A socket of any program on this host that waits for somebody.
#pragma once

#include <cstdint>
#include <string>

#include "base/address.hpp"

namespace swapmasq::net {

struct Listener {
  bool udp = true;  // else TCP
  IpAddress address;
  std::uint16_t port = 0;
  int pid = 0;          // of the process that holds it; 0: not known
  std::string process;  // its name
};

}  // namespace swapmasq::net
