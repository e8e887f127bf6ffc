// Which name a client gets, and for how long its lease lasts (spec dhcpv4.md sections 9 and 11).
#include <algorithm>

#include "dhcp/server.hpp"
#include "log/dhcp_lines.hpp"
#include "wire/reader.hpp"

namespace swapmasq::dhcp {
namespace {

constexpr settings::LeaseTime shortest_lease = 120;
constexpr std::size_t longest_generated_name = 80;  // octets of the hardware id

}  // namespace

std::string Engine::Server::offered_name(const Transaction& t) {
  const bool by_fqdn = t.name.fqdn_flags.has_value();
  if (const auto name = t.configured_name(); !name.empty()) {
    return t.name.name.empty() || by_fqdn || same_name(t.name.name, name) ? std::string{name} : "";
  }
  return by_fqdn ? std::string{split_name(t.name.name).host} : "";
}

std::string Engine::Server::hosts_file_name(Ipv4 address) const {
  if (!settings_.dns.enabled()) return {};
  const auto name = acceptable_name(names_.name_of(address));
  if (!name) return {};
  const auto [host, domain] = split_name(*name);
  return domain.empty() || same_name(domain, domain_of(address)) ? std::string{host} : "";
}

Engine::Server::LeaseName Engine::Server::lease_name(const Transaction& t, Ipv4 address, const TagSet& tags) const {
  const auto without_domain = [&](std::string_view host, std::string_view domain) {
    if (!domain.empty() && !same_name(domain, domain_of(address))) log_.write(log::dhcp_foreign_domain(domain, host));
    return std::string{host};
  };
  if (const auto name = t.configured_name(); !name.empty()) return {without_domain(name, t.host->config->domain), true};
  if (auto name = hosts_file_name(address); !name.empty()) return {std::move(name), true};
  if (!t.name.name.empty() && !any_applies(dhcp_.ignore_names, tags, Untagged::applies)) {
    const auto [host, domain] = split_name(t.name.name);
    return {without_domain(host, domain), false};
  }
  if (any_applies(dhcp_.generate_names, tags, Untagged::applies)) {
    const ByteView id{t.hardware_id};
    return {to_hex(id.first(std::min(id.size(), longest_generated_name)), '-'), false};
  }
  return {};
}

std::string Engine::Server::informed_name(const Transaction& t, Ipv4 address, const Lease* own) const {
  if (!own) {
    if (const auto* lease = leases_.find(address); lease && !lease->name.empty()) return lease->name;
  }
  if (const auto name = t.configured_name(); !name.empty()) return std::string{name};
  if (!t.name.name.empty()) return std::string{split_name(t.name.name).host};
  return hosts_file_name(address);
}

settings::LeaseTime Engine::Server::lease_time(const Transaction& t, const Range& range) const {
  const auto base = t.host && t.host->config->lease ? *t.host->config->lease : range.config->lease;
  const auto option = t.message.option(wire::dhcp4::lease_time, 4);
  if (!option) return base;
  const auto wanted = std::max(wire::Reader{*option}.u32().value_or(0), shortest_lease);
  return std::min(wanted, base);  // an infinite time is the greatest number
}

void Engine::Server::store_lease(const Lease& lease, const Transaction& t, const LeaseName& name,
                                 settings::LeaseTime time, TimePoint now) {
  const bool without_id = t.host && t.host->config->ignore_client_id;
  leases_.set_client(lease, t.hardware, without_id ? ByteView{} : ByteView{t.client_id});
  leases_.set_expiry(lease, time == settings::infinite_lease ? 0 : seconds_of(now) + time);
  const auto domain = domain_of(lease.address);
  leases_.set_domain(lease, domain);
  if (!name.name.empty()) leases_.set_name(lease, name.name, domain, name.authoritative);
  leases_.set_interface(lease, t.interface);
}

}  // namespace swapmasq::dhcp
