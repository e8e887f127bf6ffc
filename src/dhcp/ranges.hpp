// The dhcp-range lines with what is learned about them from interfaces and relays: netmask, broadcast, the server's and
// the router's address, and the allocation offset. What is learned stays for the life of the process (spec dhcpv4.md
// section 3), so the ranges outlive every packet and are never copied.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/address.hpp"
#include "dhcp/tags.hpp"
#include "log/line.hpp"
#include "net/interfaces.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::dhcp {

struct Range {
  explicit Range(const settings::DhcpRange& line) : config(&line), netmask(line.netmask), broadcast(line.broadcast) {}

  const settings::DhcpRange* config;
  std::optional<Ipv4> netmask;
  std::optional<Ipv4> broadcast;
  Ipv4 local;   // the server's address there; 0: unknown
  Ipv4 router;  // 0: none
  std::uint32_t offset = 0;

  bool dynamic() const { return config->kind == settings::DhcpRange::Kind::dynamic; }
  bool proxy() const { return config->kind == settings::DhcpRange::Kind::proxy; }
  bool holds(Ipv4 address) const { return config->start <= address && address <= config->end; }
  // In the subnet of the range; never without a netmask.
  bool on_subnet(Ipv4 address) const { return netmask && config->start.same_subnet(address, *netmask); }
};

// In the order in which they are tried.
using Candidates = std::vector<Range*>;

class Ranges {
 public:
  Ranges(const settings::Dhcp& dhcp, log::Log& log);
  Ranges(const Ranges&) = delete;
  Ranges& operator=(const Ranges&) = delete;

  // Learns from all interfaces and returns the ranges of the arrival interface. `own` comes before the other addresses
  // of that interface.
  Candidates of_interface(const net::Interfaces& interfaces, const net::Interface& arrival, Ipv4 own);

  // The ranges whose subnet holds the selector, which came in through `local`. `router` is theirs unless they have one.
  Candidates of_selector(Ipv4 selector, Ipv4 local, Ipv4 router);

  // The ranges in whose subnet, as far as that is known, an address is; the last configured one first.
  Candidates on_subnet(Ipv4 address);

  // Ranges that a shared-network line ties to the relay's address.
  void add_shared(Candidates& candidates, Ipv4 relay, Ipv4 local);

 private:
  void learn_netmask(Range& range, const net::InterfaceAddress& address);
  static void learn_broadcast(Range& range, const net::InterfaceAddress& address);
  void join_shared(Candidates& candidates, const net::Interface* interface, Ipv4 own, Ipv4 local);

  const settings::Dhcp& dhcp_;
  log::Log& log_;
  std::vector<Range> ranges_;
};

// Spec section 3.4: the range that would give this address away; null: none.
Range* available(const Candidates& candidates, Ipv4 address, const TagSet& tags);
// The range that this address belongs to; null: none.
Range* narrow(const Candidates& candidates, Ipv4 address, const TagSet& tags);
bool is_router(const Candidates& candidates, Ipv4 address);

}  // namespace swapmasq::dhcp
