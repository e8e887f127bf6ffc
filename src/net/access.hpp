// Who is served: the interface, except-interface, listen-address and no-dhcp-interface rules as pure functions
// (spec daemon.md section 10, dhcpv4.md section 2, tftp.md section 3).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/interfaces.hpp"
#include "settings/net.hpp"
#include "settings/tftp.hpp"

namespace swapmasq::net {

// Exact, or a prefix followed by '*', which stands for at least one character. Case-sensitive.
bool matches_pattern(std::string_view pattern, std::string_view interface_name);

class Access {
 public:
  explicit Access(const settings::Net& net) : net_(net) {}

  // Whether an address that the host has on this interface (or under this label) is served. `loopback` interfaces
  // are served implicitly once any interface= line exists.
  bool accepts(std::string_view interface_or_label, bool loopback, const IpAddress& address) const;

  // no-dhcp-interface / no-dhcpv4-interface
  bool dhcp4_forbidden(std::string_view interface_name) const;
  // no-dhcp-interface only: what also stops TFTP in the wildcard mode
  bool all_dhcp_forbidden(std::string_view interface_name) const;
  // any of the three: what stops TFTP in the bind modes
  bool any_dhcp_forbidden(std::string_view interface_name) const;

  // DHCPv4: the address of `interface` by which a packet that came in there is admitted: its primary address when the
  // rules accept it, else one that is a listen-address. Nothing: the packet is not for us.
  std::optional<InterfaceAddress> dhcp4_local_address(const Interface& interface) const;

  // DNS in wildcard mode: a datagram or connection that came in on `arrival` for `destination`. The label exception
  // holds for UDP only (spec daemon.md section 10).
  bool accepts_arrival(const Interfaces& interfaces, const Interface& arrival, const IpAddress& destination,
                       bool udp) const;

  // TFTP in wildcard mode: enable-tftp's own interface list replaces all other rules.
  bool accepts_tftp_arrival(const settings::Tftp& tftp, const Interfaces& interfaces, const Interface& arrival,
                            const IpAddress& destination) const;

  // Bind modes: whether the TFTP socket is made for an address that accepts() admitted.
  bool tftp_on_bound_address(const settings::Tftp& tftp, std::string_view interface_name) const;

 private:
  const settings::Net& net_;
};

// interface= names (patterns too) that no existing interface matches, in the order of configuration.
std::vector<std::string> missing_interfaces(const settings::Net& net, const Interfaces& interfaces);

}  // namespace swapmasq::net
