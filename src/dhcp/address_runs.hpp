// A set of addresses as runs without gaps, so that the next address that is not in it is found without walking.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "base/address.hpp"

namespace swapmasq::dhcp {

class AddressRuns {
 public:
  void add(Ipv4 address);
  void remove(Ipv4 address);
  // The first one from `from` to `last` that is not in the set; nothing: they all are.
  std::optional<Ipv4> first_outside(Ipv4 from, Ipv4 last) const;

 private:
  using Runs = std::map<std::uint64_t, std::uint64_t>;  // first -> one past the last
  Runs::const_iterator run_of(std::uint64_t address) const;

  Runs runs_;
};

}  // namespace swapmasq::dhcp
