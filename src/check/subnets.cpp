#include "check/subnets.hpp"

#include <algorithm>
#include <variant>

#include "grammar/arguments/dhcp_range.hpp"

namespace swapmasq::check {

namespace {

// As a server assumes for the subnets of relays, RFC 791 section 3.2.
Ipv4 class_netmask(Ipv4 address) {
  const auto first = address.octets()[0];
  return Ipv4::netmask(first < 128 ? 8 : first < 192 ? 16 : 24);
}

Ipv4 netmask_of(const settings::DhcpRange& range, const net::Interfaces& interfaces) {
  if (range.netmask) return *range.netmask;
  for (const auto& interface : interfaces) {
    for (const auto& own : interface.addresses) {
      if (own.address.is_v4() && own.address.v4().same_subnet(range.start, own.netmask())) return own.netmask();
    }
  }
  return class_netmask(range.start);
}

bool is_identifier(const Ipv6& address) {
  constexpr std::size_t prefix_octets = 8;
  return std::all_of(address.octets.begin(), address.octets.begin() + prefix_octets,
                     [](std::uint8_t octet) { return octet == 0; });
}

}  // namespace

Subnets::Subnets(const Subject& subject) {
  const auto interfaces = subject.system.interfaces();
  for (const auto* const entry : subject.entries.of(grammar::Option::dhcp_range)) {
    const auto line = grammar::parse_dhcp_range(entry->value());
    if (!line) continue;
    if (const auto* const range4 = std::get_if<settings::DhcpRange>(&*line)) {
      ranges4_.push_back({entry, *range4, netmask_of(*range4, interfaces)});
    } else {
      ranges6_.push_back({entry, std::get<settings::DhcpRange6>(*line)});
    }
  }
}

const Range4* Subnets::range_of(Ipv4 address) const {
  const auto found = std::ranges::find_if(
      ranges4_, [&](const Range4& each) { return each.range.start.same_subnet(address, each.netmask); });
  return found == ranges4_.end() ? nullptr : &*found;
}

bool Subnets::has(const settings::HostAddress6& host) const {
  if (is_identifier(host.address)) return true;
  return std::ranges::any_of(ranges6_, [&](const Range6& each) {
    return !each.range.constructor.empty() ||
           IpAddress{host.address}.in_prefix(each.range.start, each.range.prefix_length);
  });
}

}  // namespace swapmasq::check
