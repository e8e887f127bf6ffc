// Everything that can be answered without asking upstream, in one place: the configuration's records, hosts files,
// leases and the cache.
#pragma once

#include <memory>

#include "base/time.hpp"
#include "dns/cache.hpp"
#include "dns/config_records.hpp"
#include "dns/hosts_store.hpp"
#include "dns/lease_names.hpp"
#include "net/interfaces.hpp"
#include "settings/dns.hpp"

namespace swapmasq::dns {

struct LocalData {
  explicit LocalData(const settings::Dns& dns)
      : settings(dns),
        records(dns),
        hosts(std::make_unique<HostsStore>()),
        cache(dns.cache_size),
        interfaces(std::make_shared<net::Interfaces>()) {}

  // Whether NXDOMAIN would be wrong for a name (lower case): something exists there or below it (spec
  // dns-forwarding.md section 9.6, first two rules).
  bool knows(wire::WireName name, TimePoint now) const;
  // Whether hosts files or leases have an address of this family for the name: what upstream data never overrides.
  bool has_address(wire::WireName name, bool v4, TimePoint now) const;

  const settings::Dns& settings;
  ConfigRecords records;
  std::unique_ptr<const HostsStore> hosts;
  LeaseNames leases;
  Cache cache;
  std::shared_ptr<const net::Interfaces> interfaces;
};

}  // namespace swapmasq::dns
