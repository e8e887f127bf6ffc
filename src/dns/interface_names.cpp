#include "dns/interface_names.hpp"

#include <algorithm>

namespace swapmasq::dns {

InterfaceNames::InterfaceNames(const std::vector<settings::InterfaceName>& lines) {
  for (const auto& line : lines) {
    const auto name = wire::DnsName::from_text(line.name);
    if (!name) continue;
    std::string key{name->lower().wire()};
    by_name_[key].push_back(lines_.size());
    lines_.push_back({std::move(key), line.interface, line.v4, line.v6});
  }
}

bool InterfaceNames::Line::has(const net::InterfaceAddress& address) const {
  if (address.address.is_v4()) return v4;
  return v6 && !address.address.v6().link_local();
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
      if (own.address.is_v4() == v4 && !passing && line.has(own)) found.push_back(own.address);
    });
  }
  return found;
}

wire::WireName InterfaceNames::name_of(const IpAddress& address, const net::Interfaces& interfaces) const {
  for (const auto& line : lines_) {
    const auto* interface = net::find_interface(interfaces, std::string_view{line.interface});
    if (interface == nullptr) continue;
    const auto own = std::ranges::find(interface->addresses, address, &net::InterfaceAddress::address);
    if (own != interface->addresses.end() && line.has(*own)) return line.name;
  }
  return {};
}

}  // namespace swapmasq::dns
