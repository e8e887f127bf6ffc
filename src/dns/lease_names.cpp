#include "dns/lease_names.hpp"

#include <algorithm>

namespace swapmasq::dns {

void LeaseNames::add(std::string_view name, const IpAddress& address, std::optional<TimePoint> expires) {
  const auto parsed = wire::DnsName::from_text(name);
  if (!parsed || parsed->is_root()) return;
  const auto lower = parsed->lower();
  names_[std::string{lower.wire()}].push_back({address, expires});
  addresses_[address].push_back({std::string{lower.wire()}, std::string{parsed->wire()}, expires});
  for (auto up = wire::parent(lower.wire()); up.size() > 1; up = wire::parent(up)) ++ancestors_[std::string{up}];
}

void LeaseNames::remove(const IpAddress& address) {
  const auto found = addresses_.extract(address);
  if (found.empty()) return;
  for (const auto& reverse : found.mapped()) {
    const auto entries = names_.find(reverse.name);
    const auto entry = std::ranges::find(entries->second, address, &Entry::address);
    entries->second.erase(entry);
    if (entries->second.empty()) names_.erase(entries);
    for (auto up = wire::parent(reverse.name); up.size() > 1; up = wire::parent(up)) {
      const auto ancestor = ancestors_.find(up);
      if (--ancestor->second == 0) ancestors_.erase(ancestor);
    }
  }
}

void LeaseNames::clear() {
  names_.clear();
  ancestors_.clear();
  addresses_.clear();
}

const std::vector<LeaseNames::Entry>* LeaseNames::find(wire::WireName name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : &found->second;
}

const LeaseNames::Reverse* LeaseNames::by_address(const IpAddress& address) const {
  const auto found = addresses_.find(address);
  return found == addresses_.end() ? nullptr : &found->second.front();
}

bool LeaseNames::knows(wire::WireName name) const { return names_.contains(name) || ancestors_.contains(name); }

}  // namespace swapmasq::dns
