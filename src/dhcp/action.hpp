// What the DHCPv4 engine wants done. Actions are carried out in the order given; LeasesChanged comes before the reply
// that depends on it, so that an acknowledged lease is on disk first (spec leases-and-scripts.md section 2.4).
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"

namespace swapmasq::dhcp {

// Names one address check; never used twice by one engine.
struct PingId {
  std::uint64_t value = 0;

  auto operator<=>(const PingId&) const = default;
};

// Spec dhcpv4.md section 16.
struct Send {
  // A client without an address cannot answer ARP yet: the entry is put into the kernel before the datagram is sent.
  struct Neighbour {
    Ipv4 address;
    HardwareAddress hardware;

    bool operator==(const Neighbour&) const = default;
  };

  Bytes bytes;
  Ipv4 destination;
  std::uint16_t port = 0;
  std::optional<unsigned> egress_interface;  // index; absent: the kernel routes
  std::optional<Ipv4> source;                // absent: the kernel decides
  std::optional<Neighbour> neighbour;        // on the egress interface
  bool from_pxe_port = false;                // by the socket on port 4011 instead of the server port
};

// Send one ICMP echo request; then say Engine::ping_finished when the answer is there or `timeout` is over. Without
// the means to ping, say at once that nobody answered.
struct Ping {
  PingId id;
  Ipv4 address;
  std::chrono::milliseconds timeout{0};
};

// What to do about a changed lease store.
struct LeasesChanged {
  // A lease that was made, changed or removed; it may stand here several times.
  struct Change {
    Ipv4 address;
    std::uint64_t sequence = 0;  // of the lease
    bool file = false;
    bool names = false;
  };

  bool file = false;   // store what has changed
  bool names = false;  // remake the DNS records of the leases that have changed
  bool all = false;    // more has changed than the addresses tell: store and remake everything
  std::vector<Change> leases;

  bool any() const { return file || names; }
  void add(const LeasesChanged& more) {
    file |= more.file;
    names |= more.names;
    all |= more.all;
    leases.insert(leases.end(), more.leases.begin(), more.leases.end());
  }
};

using Action = std::variant<LeasesChanged, Send, Ping>;

}  // namespace swapmasq::dhcp
