// Addresses with the same leading bits, as bogus-nxdomain, ignore-address and leasequery lines name them.
#pragma once

#include <cstdint>

#include "base/address.hpp"

namespace swapmasq::settings {

struct AddressPrefix {
  IpAddress address;
  std::uint8_t length = 0;
};

}  // namespace swapmasq::settings
