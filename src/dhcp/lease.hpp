// A lease: what is remembered about a client (spec leases-and-scripts.md section 1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/address.hpp"
#include "base/bytes.hpp"

namespace swapmasq::dhcp {

// A lease on an IPv4 address.
struct Lease {
  Ipv4 address;
  HardwareAddress hardware;
  Bytes client_id;           // option 61 with its type octet; empty: none
  std::int64_t expires = 0;  // seconds since 1970; 0: never
  std::string name;          // first label; empty: none
  std::string fqdn;          // name and the domain of the address; empty without name or domain
  Bytes agent_info;          // option 82, kept for leasequery
  Bytes vendor_class;        // option 60, kept for leasequery

  // Not on disk:
  bool authoritative_name = false;         // from dhcp-host or the hosts files, so other clients cannot take it
  std::string interface;                   // of the last request
  std::optional<Ipv4> server_id_override;  // RFC 5107
  std::optional<Ipv4> relay;               // of the last message that came through one
  std::uint64_t sequence = 0;              // place in the list: higher is nearer to the front

  bool never_expires() const { return expires == 0; }
  bool expired(std::int64_t now) const { return expires != 0 && now >= expires; }
};

// A DHCPv6 lease as the lease file has it.
struct Lease6 {
  std::int64_t expires = 0;
  bool temporary = false;
  std::uint32_t iaid = 0;
  Ipv6 address;
  std::string name;
  Bytes client_duid;
  std::uint64_t sequence = 0;  // as in Lease
};

}  // namespace swapmasq::dhcp
