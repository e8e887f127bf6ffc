#include "dns/interface_names.hpp"

#include <algorithm>

namespace swapmasq::dns {

namespace {

IpAddress with_host(Ipv4 network, Ipv4 host, unsigned prefix_length) {
  const auto mask = Ipv4::netmask(prefix_length).value;
  return Ipv4{(network.value & mask) | (host.value & ~mask)};
}

IpAddress with_host(Ipv6 network, const Ipv6& host, unsigned prefix_length) {
  for (std::size_t i = 0; i < network.octets.size(); ++i) {
    const auto bits =
        std::clamp<unsigned>(prefix_length, static_cast<unsigned>(8 * i), static_cast<unsigned>(8 * i + 8)) -
        static_cast<unsigned>(8 * i);
    const auto mask = static_cast<std::uint8_t>(0xff00U >> bits);
    network.octets[i] = static_cast<std::uint8_t>((network.octets[i] & mask) | (host.octets[i] & ~mask));
  }
  return network;
}

}  // namespace

InterfaceNames::InterfaceNames(const std::vector<settings::InterfaceName>& lines) {
  for (const auto& line : lines) {
    const auto name = wire::DnsName::from_text(line.name);
    if (!name) continue;
    std::string key{name->lower().wire()};
    by_name_[key].push_back(lines_.size());
    lines_.push_back({std::move(key), line.interface, line.v4, line.v6, line.host_v4, line.host_v6});
  }
}

std::optional<IpAddress> InterfaceNames::Line::address_on(const net::InterfaceAddress& own) const {
  const auto& address = own.address;
  if (address.is_v4() ? !v4 : !v6 || address.v6().link_local()) return std::nullopt;
  if (address.is_v4() && host_v4) return with_host(address.v4(), *host_v4, own.prefix_length);
  if (!address.is_v4() && host_v6) return with_host(address.v6(), *host_v6, own.prefix_length);
  return address;
}

// The address that the interface got last comes first.
std::vector<IpAddress> InterfaceNames::addresses(wire::WireName name, bool v4,
                                                 const net::Interfaces& interfaces) const {
  std::vector<IpAddress> found;
  const auto lines = by_name_.find(name);
  if (lines == by_name_.end()) return found;
  for (const auto place : lines->second) {
    const auto& line = lines_[place];
    const auto* interface = net::find_interface(interfaces, std::string_view{line.interface});
    if (interface == nullptr) continue;
    std::for_each(interface->addresses.rbegin(), interface->addresses.rend(), [&](const auto& own) {
      const bool passing = own.tentative || own.temporary || own.deprecated;
      if (own.address.is_v4() != v4 || passing) return;
      if (const auto address = line.address_on(own)) found.push_back(*address);
    });
  }
  return found;
}

wire::WireName InterfaceNames::name_of(const IpAddress& address, const net::Interfaces& interfaces) const {
  std::vector<std::string_view> closed;
  for (const auto& line : lines_) {
    const auto* interface = net::find_interface(interfaces, std::string_view{line.interface});
    if (interface == nullptr || std::ranges::find(closed, line.interface) != closed.end()) continue;
    if (std::ranges::any_of(interface->addresses, [&](const auto& own) { return line.address_on(own) == address; }))
      return line.name;
    // In the reference a line without host bits of this family hides later lines of its interface.
    if (!(address.is_v4() ? line.host_v4.has_value() : line.host_v6.has_value())) closed.push_back(line.interface);
  }
  return {};
}

}  // namespace swapmasq::dns
