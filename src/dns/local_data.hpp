// Everything that can be answered without asking upstream, in one place: the configuration's records, hosts files,
// leases and the cache.
#pragma once

#include <memory>

#include "base/time.hpp"
#include "dns/cache.hpp"
#include "dns/config_records.hpp"
#include "dns/hosts_store.hpp"
#include "dns/interface_names.hpp"
#include "dns/lease_names.hpp"
#include "dns/rebind_guard.hpp"
#include "dns/synth_domains.hpp"
#include "net/interfaces.hpp"
#include "settings/dns.hpp"

namespace swapmasq::dns {

struct LocalData {
  explicit LocalData(const settings::Dns& dns)
      : settings(dns),
        records(dns),
        interface_names(dns.interface_names),
        synth_domains(dns.synth_domains),
        rebind(dns),
        hosts(std::make_unique<HostsStore>()),
        cache(dns.cache_size, dns.stale_cache_ttl),
        interfaces(std::make_shared<net::Interfaces>()) {}

  // Whether NXDOMAIN would be wrong for a name (lower case): something exists there or below it (spec
  // dns-forwarding.md section 9.6, first two rules).
  bool knows(wire::WireName name, TimePoint now) const;
  // Whether hosts files, host-record or leases have the name or anything below it.
  bool knows_host(wire::WireName name) const { return hosts->knows(name) || leases.knows(name); }
  // Whether hosts files or leases have an address of this family for the name: what upstream data never overrides.
  bool has_address(wire::WireName name, bool v4, TimePoint now) const;

  // How long upstream data of this TTL stays in the cache; seconds.
  std::uint32_t cached_ttl(std::uint32_t ttl) const;

  const settings::Dns& settings;
  ConfigRecords records;
  InterfaceNames interface_names;
  SynthDomains synth_domains;
  RebindGuard rebind;
  std::unique_ptr<HostsStore> hosts;
  LeaseNames leases;
  Cache cache;
  std::shared_ptr<const net::Interfaces> interfaces;
};

}  // namespace swapmasq::dns
