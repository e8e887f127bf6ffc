#include "dns/cache.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "wire/dns_types.hpp"

namespace swapmasq::dns {

const CacheEntry* Cache::find(wire::WireName name, std::uint16_t type, std::int64_t now) {
  auto& by_key = entries_.get<ByKey>();
  const auto found = by_key.find(std::make_tuple(name, type));
  if (found == by_key.end()) return nullptr;
  if (!usable(*found, found->expires, now)) {
    used_ -= found->slots();
    by_key.erase(found);
    return nullptr;
  }
  auto& recent = entries_.get<Recent>();
  recent.relocate(recent.begin(), entries_.project<Recent>(found));
  return &*found;
}

bool Cache::usable(const CacheEntry& entry, std::int64_t expires, std::int64_t now) const {
  if (now < expires) return true;
  if (!stale_limit_ || entry.type == wire::dns_type::ds || entry.type == wire::dns_type::dnskey) return false;
  return *stale_limit_ == 0 || now - expires < *stale_limit_;
}

bool Cache::knows(wire::WireName name, std::int64_t now) const {
  const auto [first, last] = entries_.get<ByName>().equal_range(name);
  return std::any_of(first, last, [&](const CacheEntry& entry) {
    return entry.kind != CacheEntry::Kind::nx_domain && entry.type != wire::dns_type::ptr && entry.alive(now);
  });
}

void Cache::replace_conflicting(const CacheEntry& entry) {
  auto& by_name = entries_.get<ByName>();
  auto [at, last] = by_name.equal_range(entry.name);
  while (at != last) {
    const bool replaced =
        at->type == entry.type || entry.type == wire::dns_type::cname || at->type == wire::dns_type::cname;
    if (replaced) used_ -= at->slots();
    at = replaced ? by_name.erase(at) : std::next(at);
  }
}

void Cache::make_room(std::size_t slots, std::int64_t now) {
  auto& by_expiry = entries_.get<ByExpiry>();
  if (used_ + slots > size_ && stale_limit_ != 0U) {
    const auto useless = by_expiry.upper_bound(now - stale_limit_.value_or(0));
    for (auto at = by_expiry.begin(); at != useless; at = by_expiry.erase(at)) used_ -= at->slots();
  }
  auto& recent = entries_.get<Recent>();
  while (used_ + slots > size_ && !recent.empty()) {
    used_ -= recent.back().slots();
    evictions_ += recent.back().slots();
    recent.pop_back();
  }
}

void Cache::insert(std::vector<CacheEntry> entries, std::int64_t now) {
  const auto slots = std::accumulate(entries.begin(), entries.end(), std::size_t{0},
                                     [](std::size_t sum, const CacheEntry& entry) { return sum + entry.slots(); });
  if (entries.empty() || slots > size_) return;
  for (const auto& entry : entries) replace_conflicting(entry);
  make_room(slots, now);
  for (auto& entry : entries) {
    const auto needed = entry.slots();
    if (!entries_.get<Recent>().push_front(std::move(entry)).second) continue;
    used_ += needed;
    insertions_ += needed;
  }
}

void Cache::forget(wire::WireName name) {
  auto& by_name = entries_.get<ByName>();
  auto [at, last] = by_name.equal_range(name);
  while (at != last) {
    used_ -= at->slots();
    at = by_name.erase(at);
  }
}

void Cache::clear() {
  entries_.clear();
  used_ = 0;
  insertions_ = 0;
  evictions_ = 0;
}

}  // namespace swapmasq::dns
