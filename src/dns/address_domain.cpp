#include "dns/address_domain.hpp"

#include <algorithm>
#include <ranges>

namespace swapmasq::dns {

namespace {

bool covers(const settings::ConditionalDomain& domain, const net::Interfaces& interfaces, const IpAddress& address) {
  if (domain.interface.empty())
    return domain.first.index() == address.index() && domain.first <= address && address <= domain.last;
  const auto found = std::ranges::find(interfaces, domain.interface, &net::Interface::name);
  return found != interfaces.end() && std::ranges::any_of(found->addresses, [&](const net::InterfaceAddress& own) {
           return address.in_prefix(own.address, own.prefix_length);
         });
}

}  // namespace

std::string_view domain_of(const settings::Dns& dns, const net::Interfaces& interfaces, const IpAddress& address) {
  for (const auto& domain : dns.conditional_domains | std::views::reverse)
    if (covers(domain, interfaces, address)) return domain.name;
  return dns.domain;
}

}  // namespace swapmasq::dns
