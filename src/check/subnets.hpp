// The subnets that the dhcp-range lines of a configuration speak of.
#pragma once

#include <optional>
#include <vector>

#include "check/checks.hpp"
#include "settings/dhcp.hpp"
#include "settings/dhcp6.hpp"

namespace swapmasq::check {

struct Range4 {
  const Entry* entry = nullptr;
  settings::DhcpRange range;
  Ipv4 netmask;  // the range's own, else its interface's, else that of the address class
};

struct Range6 {
  const Entry* entry = nullptr;
  settings::DhcpRange6 range;
};

class Subnets {
 public:
  explicit Subnets(const Subject& subject);

  const std::vector<Range4>& ranges4() const { return ranges4_; }
  const std::vector<Range6>& ranges6() const { return ranges6_; }

  // The first range whose subnet has the address; null: none.
  const Range4* range_of(Ipv4 address) const;
  // Interface identifiers, and all addresses when a range is made from an interface's prefix, are in every range.
  bool has(const settings::HostAddress6& address) const;

 private:
  std::vector<Range4> ranges4_;
  std::vector<Range6> ranges6_;
};

}  // namespace swapmasq::check
