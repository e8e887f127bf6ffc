#include "dns/rebind_guard.hpp"

namespace swapmasq::dns {

RebindGuard::RebindGuard(const settings::Dns& dns)
    : enabled_(dns.stop_rebind), loopback_(dns.rebind_localhost_ok ? Loopback::excepted : Loopback::counts) {
  for (const auto& domain : dns.rebind_domains_ok) {
    const auto name = wire::DnsName::from_text(domain);
    if (!name) continue;
    if (name->is_root()) {
      plain_names_ok_ = true;
    } else {
      domains_ok_.emplace(name->lower().wire());
    }
  }
}

bool RebindGuard::forbids(wire::WireName name, const IpAddress& address) const {
  return enabled_ && is_private(address, loopback_) && !trusts(name);
}

bool RebindGuard::trusts(wire::WireName name) const {
  if (plain_names_ok_ && wire::DnsName{name}.single_label()) return true;
  for (; name.size() > 1; name = wire::parent(name)) {
    if (domains_ok_.contains(std::string{name})) return true;
  }
  return false;
}

}  // namespace swapmasq::dns
