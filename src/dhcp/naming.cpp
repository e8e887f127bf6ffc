#include "dhcp/naming.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {
namespace {

constexpr std::size_t longest_generated_name = 80;  // octets of the hardware id

}  // namespace

std::string Naming::offered(const Transaction& t) {
  const bool by_fqdn = t.name.fqdn_flags.has_value();
  if (const auto name = t.configured_name(); !name.empty()) {
    return t.name.name.empty() || by_fqdn || same_name(t.name.name, name) ? std::string{name} : "";
  }
  return by_fqdn ? std::string{split_name(t.name.name).host} : "";
}

// The host part of a name for this address, whose domain is not a matter of the name.
std::string Naming::without_domain(std::string_view host, std::string_view domain, Ipv4 address) const {
  if (!domain.empty() && !same_name(domain, domain_of(address))) log_.write(log::dhcp_foreign_domain(domain, host));
  return std::string{host};
}

std::string Naming::configured(const Transaction& t, Ipv4 address) const {
  const auto name = t.configured_name();
  return name.empty() ? std::string{} : without_domain(name, t.host->config->domain, address);
}

LeaseName Naming::leased(const Transaction& t, Ipv4 address, const TagSet& tags) const {
  const auto& dhcp = settings_.dhcp;
  if (auto name = configured(t, address); !name.empty()) return {std::move(name), true};
  if (auto name = hosts_file_name(address); !name.empty()) return {std::move(name), true};
  if (!t.name.name.empty() && !any_applies(dhcp.ignore_names, tags, Untagged::applies)) {
    const auto [host, domain] = split_name(t.name.name);
    return {without_domain(host, domain, address), false};
  }
  if (any_applies(dhcp.generate_names, tags, Untagged::applies)) {
    const ByteView id{t.hardware_id};
    return {to_hex(id.first(std::min(id.size(), longest_generated_name)), '-'), false};
  }
  return {};
}

std::string Naming::informed(const Transaction& t, Ipv4 address, const Lease* own, const LeaseStore& leases) const {
  if (!own) {
    if (const auto* lease = leases.find(address); lease && !lease->name.empty()) return lease->name;
  }
  if (const auto name = t.configured_name(); !name.empty()) return std::string{name};
  if (!t.name.name.empty()) return std::string{split_name(t.name.name).host};
  return hosts_file_name(address);
}

void Naming::hosts_reloaded(Hosts& hosts, LeaseStore& leases) const {
  if (settings_.dns.enabled()) hosts.take_addresses(names_, log_);
  std::vector<const Lease*> all;
  leases.for_each([&](const Lease& lease) { all.push_back(&lease); });
  const TagSet no_tags;
  for (const auto* lease : all) {
    const auto domain = domain_of(lease->address);
    const auto host = hosts.find({lease->hardware, lease->client_id, no_tags, nullptr});
    const bool host_names_it =
        host && !host->config->name.empty() && (!host->address || *host->address == lease->address);
    const auto name = host_names_it ? host->config->name : hosts_file_name(lease->address);
    leases.set_domain(*lease, domain);
    if (!name.empty()) leases.set_name(*lease, name, domain, true);
  }
}

std::string Naming::hosts_file_name(Ipv4 address) const {
  if (!settings_.dns.enabled()) return {};
  const auto name = acceptable_name(names_.name_of(address));
  if (!name) return {};
  const auto [host, domain] = split_name(*name);
  return domain.empty() || same_name(domain, domain_of(address)) ? std::string{host} : "";
}

}  // namespace swapmasq::dhcp
