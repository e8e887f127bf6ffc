#include "net/access.hpp"

#include <algorithm>

namespace swapmasq::net {

namespace {

template <typename Patterns>
bool matches_any(const Patterns& patterns, std::string_view name) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const auto& p) { return matches_pattern(p, name); });
}

const std::string& name_of(const InterfaceAddress& address, const Interface& interface) {
  return address.label.empty() ? interface.name : address.label;
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view interface_name) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == interface_name;
  return interface_name.size() > star && interface_name.starts_with(pattern.substr(0, star));
}

bool Access::accepts(std::string_view interface_or_label, bool loopback, const IpAddress& address) const {
  const bool unrestricted = net_.interfaces.empty() && net_.listen_addresses.empty();
  const bool by_address =
      std::find(net_.listen_addresses.begin(), net_.listen_addresses.end(), address) != net_.listen_addresses.end();
  if (by_address) return true;
  const bool by_name = matches_any(net_.interfaces, interface_or_label) || (loopback && !net_.interfaces.empty());
  if (!unrestricted && !by_name) return false;
  return !matches_any(net_.except_interfaces, interface_or_label);
}

bool Access::dhcp4_forbidden(std::string_view interface_name) const {
  return std::any_of(net_.no_dhcp.begin(), net_.no_dhcp.end(),
                     [&](const auto& n) { return n.dhcp4 && matches_pattern(n.interface, interface_name); });
}

bool Access::all_dhcp_forbidden(std::string_view interface_name) const {
  return std::any_of(net_.no_dhcp.begin(), net_.no_dhcp.end(),
                     [&](const auto& n) { return n.dhcp4 && n.dhcp6 && matches_pattern(n.interface, interface_name); });
}

bool Access::any_dhcp_forbidden(std::string_view interface_name) const {
  return std::any_of(net_.no_dhcp.begin(), net_.no_dhcp.end(),
                     [&](const auto& n) { return matches_pattern(n.interface, interface_name); });
}

std::optional<InterfaceAddress> Access::dhcp4_local_address(const Interface& interface) const {
  const auto* primary = interface.primary_ipv4();
  if (!primary) return std::nullopt;
  if (accepts(interface.name, interface.loopback, primary->address)) return *primary;
  for (const auto& candidate : interface.addresses) {
    const auto& listen = net_.listen_addresses;
    if (candidate.address.is_v4() && std::find(listen.begin(), listen.end(), candidate.address) != listen.end()) {
      return candidate;
    }
  }
  return std::nullopt;
}

bool Access::accepts_arrival(const Interfaces& interfaces, const Interface& arrival, const IpAddress& destination,
                             bool udp) const {
  if (accepts(arrival.name, arrival.loopback, destination)) return true;
  const auto owns_destination = [&](const Interface& interface) {
    return std::any_of(interface.addresses.begin(), interface.addresses.end(), [&](const auto& a) {
      return a.address == destination && accepts(name_of(a, interface), interface.loopback, a.address);
    });
  };
  // A local client that talks to the address of a served interface arrives through loopback.
  if (arrival.loopback) return std::any_of(interfaces.begin(), interfaces.end(), owns_destination);
  // interface=eth0:1 names an address of eth0, not an arrival interface.
  return udp && owns_destination(arrival);
}

bool Access::accepts_tftp_arrival(const settings::Tftp& tftp, const Interfaces& interfaces, const Interface& arrival,
                                  const IpAddress& destination) const {
  if (!tftp.interfaces.empty()) return matches_any(tftp.interfaces, arrival.name);
  return accepts_arrival(interfaces, arrival, destination, true) && !all_dhcp_forbidden(arrival.name);
}

bool Access::tftp_on_bound_address(const settings::Tftp& tftp, std::string_view interface_name) const {
  if (!tftp.interfaces.empty()) return matches_any(tftp.interfaces, interface_name);
  return !any_dhcp_forbidden(interface_name);
}

std::vector<std::string> missing_interfaces(const settings::Net& net, const Interfaces& interfaces) {
  std::vector<std::string> missing;
  for (const auto& pattern : net.interfaces) {
    if (pattern.empty()) continue;
    const bool found = std::any_of(interfaces.begin(), interfaces.end(), [&](const Interface& i) {
      return std::any_of(i.addresses.begin(), i.addresses.end(),
                         [&](const auto& a) { return matches_pattern(pattern, name_of(a, i)); });
    });
    if (!found) missing.push_back(pattern);
  }
  return missing;
}

}  // namespace swapmasq::net
