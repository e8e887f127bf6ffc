#include "dns/lease_names.hpp"

namespace swapmasq::dns {

void LeaseNames::add(std::string_view name, const IpAddress& address, std::optional<TimePoint> expires) {
  const auto parsed = wire::DnsName::from_text(name);
  if (!parsed || parsed->is_root()) return;
  const auto lower = parsed->lower();
  names_[std::string{lower.wire()}].push_back({address, expires});
  addresses_.try_emplace(address, Reverse{std::string{lower.wire()}, expires});
  for (auto up = wire::parent(lower.wire()); up.size() > 1; up = wire::parent(up)) ancestors_.emplace(up);
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
  return found == addresses_.end() ? nullptr : &found->second;
}

bool LeaseNames::knows(wire::WireName name) const { return names_.contains(name) || ancestors_.contains(name); }

}  // namespace swapmasq::dns
