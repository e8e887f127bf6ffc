// What the DHCP engine asks about the hosts files: implemented by the application on top of the DNS data, and by a
// fixed table in tests. With DNS off (port=0) it answers nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"

namespace swapmasq::dhcp {

class HostNames {
 public:
  virtual ~HostNames() = default;

  // The first name of an address, as written (with its domain, if it has one); empty: none.
  virtual std::string name_of(Ipv4 address) const = 0;

  // The IPv4 addresses of a name, which is compared without regard to case, in the order of the files.
  virtual std::vector<Ipv4> addresses_of(std::string_view name) const = 0;
};

}  // namespace swapmasq::dhcp
