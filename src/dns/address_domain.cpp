#include "dns/address_domain.hpp"

#include <algorithm>

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
  const auto& domains = dns.conditional_domains;
  const auto found = std::find_if(domains.rbegin(), domains.rend(), [&](const settings::ConditionalDomain& domain) {
    return covers(domain, interfaces, address);
  });
  return found == domains.rend() ? dns.domain : found->name;
}

}  // namespace swapmasq::dns
