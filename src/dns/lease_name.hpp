// A DHCP lease as the DNS sees it (spec dns-local-data.md section 17).
#pragma once

#include <optional>
#include <string>

#include "base/address.hpp"
#include "base/time.hpp"

namespace swapmasq::dns {

struct LeaseName {
  std::string name;       // bare; empty when only the qualified one is published (dhcp-fqdn)
  std::string qualified;  // name.domain; empty without a domain. Gets the PTR when there is one.
  IpAddress address;
  std::optional<TimePoint> expires;  // nothing: never
};

// What has become of the lease of an address.
struct LeaseUpdate {
  IpAddress address;
  std::optional<LeaseName> lease;  // nothing: there is none, or it has no name
};

}  // namespace swapmasq::dns
