#include "dhcp/leasing.hpp"

#include <algorithm>

#include "wire/reader.hpp"

namespace swapmasq::dhcp {
namespace {

constexpr settings::LeaseTime shortest_lease = 120;

}  // namespace

const Lease* lease_of(const LeaseStore& leases, const Transaction& t) {
  return leases.find_client(t.hardware, t.client_id);
}

settings::LeaseTime lease_time(const Transaction& t, const Range& range) {
  const auto base = t.host && t.host->config->lease ? *t.host->config->lease : range.config->lease;
  const auto option = t.message.option(wire::dhcp4::lease_time, 4);
  if (!option) return base;
  const auto wanted = std::max(wire::Reader{*option}.u32().value_or(0), shortest_lease);
  return std::min(wanted, base);  // an infinite time is the greatest number
}

void keep_server_id_override(LeaseStore& leases, const Lease& lease, Transaction& t) {
  if (t.server_id_override) {
    leases.set_server_id_override(lease, t.server_id_override);
  } else {
    t.server_id_override = lease.server_id_override;
  }
}

void grant_lease(LeaseStore& leases, const Lease& lease, const Transaction& t, const LeaseName& name,
                 std::string_view domain, settings::LeaseTime time, TimePoint now) {
  const bool without_id = t.host && t.host->config->ignore_client_id;
  leases.set_client(lease, t.hardware, without_id ? ByteView{} : ByteView{t.client_id});
  leases.set_expiry(lease, time == settings::infinite_lease ? 0 : seconds_of(now) + time);
  leases.set_domain(lease, domain);
  if (!name.name.empty()) leases.set_name(lease, name.name, domain, name.authoritative);
  leases.set_interface(lease, t.interface);
}

}  // namespace swapmasq::dhcp
