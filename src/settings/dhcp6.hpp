// DHCPv6 and router advertisement options (spec config-language.md 11.1 and 12, dhcpv6-and-ra.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "settings/dhcp.hpp"
#include "settings/dhcp_relay.hpp"
#include "settings/tags.hpp"

namespace swapmasq::settings {

// dhcp-range (IPv6)
struct DhcpRange6 {
  static constexpr LeaseTime default_lease6 = 86400;

  Ipv6 start;
  Ipv6 end;  // = start unless given
  std::uint8_t prefix_length = 64;
  LeaseTime lease = default_lease6;
  bool dynamic = false;      // an end address was given
  bool static_only = false;  // static
  bool ra_only = false;
  bool ra_names = false;
  bool ra_stateless = false;
  bool slaac = false;
  bool ra_advrouter = false;
  bool off_link = false;
  bool deprecated = false;
  std::string constructor;  // interface template, may end in '*'; empty: none
  std::string set_tag;
  TagTests filters;
};

// ra-param
struct RaParam {
  enum class Priority { medium, high, low };

  std::string interface;  // may end in '*'
  std::optional<std::uint32_t> mtu;
  bool mtu_off = false;
  std::string mtu_interface;  // take the MTU of this interface
  Priority priority = Priority::medium;
  std::uint32_t interval = 0;  // seconds; 0: default
  std::optional<std::uint32_t> lifetime;
};

// shared-network, of IPv6 addresses
struct SharedNetwork6 {
  std::string interface;  // not empty: instead of `address`
  Ipv6 address;
  Ipv6 shared;  // in the prefix of the ranges that are served, too
};

// dhcp-duid
struct DhcpDuid {
  std::uint32_t enterprise = 0;
  Bytes identifier;
};

// Options and matches of DHCPv6 stand beside those of DHCPv4, marked as such (settings/dhcp.hpp, dhcp_matching.hpp).
struct Dhcp6 {
  std::vector<DhcpRange6> ranges;
  std::vector<SharedNetwork6> shared_networks;
  std::vector<DhcpRelay> relays;
  std::optional<DhcpDuid> duid;  // absent: made from a hardware address
  bool enable_ra = false;
  std::vector<RaParam> ra_params;
  bool quiet = false;  // quiet-dhcp6
  bool quiet_ra = false;
};

}  // namespace swapmasq::settings
