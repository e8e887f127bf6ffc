#include "dns/local_data.hpp"

#include <algorithm>

#include "dns/chaos.hpp"

namespace swapmasq::dns {

bool LocalData::knows(wire::WireName name, TimePoint now) const {
  return records.knows(name) || knows_host(name) || cache.knows(name, seconds_of(now)) ||
         synth_domains.address_of(name) || (!settings.no_ident && exists_for_chaos(name));
}

bool LocalData::has_address(wire::WireName name, bool v4, TimePoint now) const {
  for (const auto* record = hosts->first(name); record != nullptr; record = hosts->next(*record))
    if (record->address.is_v4() == v4) return true;
  const auto* entries = leases.find(name);
  return entries != nullptr && std::ranges::any_of(*entries, [&](const LeaseNames::Entry& entry) {
           return entry.address.is_v4() == v4 && entry.alive(now);
         });
}

std::uint32_t LocalData::cached_ttl(std::uint32_t ttl) const {
  if (settings.max_cache_ttl != 0) ttl = std::min(ttl, settings.max_cache_ttl);
  return std::max(ttl, settings.min_cache_ttl);
}

}  // namespace swapmasq::dns
