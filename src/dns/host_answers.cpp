#include "dns/host_answers.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace swapmasq::dns {

namespace type = wire::dns_type;

bool HostAnswers::addresses(AnswerDraft& draft, bool v4) {
  const auto name = draft.name().wire();
  const bool localise = v4 && data_.settings.localise_queries;
  if (data_.interface_names.has(name)) {
    Locals found;
    for (const auto& address : data_.interface_names.addresses(name, v4, *data_.interfaces))
      found.push_back({address, data_.settings.local_ttl, from_config, true});
    if (localise) keep_local_subnet(draft.asked().client, found);
    if (found.empty()) log_.no_data(draft.origin(), from_config, name, v4 ? type::a : type::aaaa);
    add(draft, found);
    return true;
  }
  auto found = find(name, v4 ? Family::v4 : Family::v6, draft.asked().now);
  if (localise) keep_local_subnet(draft.asked().client, found);
  add(draft, found);
  return !found.empty();
}

bool HostAnswers::interface_of(AnswerDraft& draft, const IpAddress& address) {
  const auto name = data_.interface_names.name_of(address, *data_.interfaces);
  if (name.empty()) return false;
  log_.address_answer(draft.origin(), from_config, address, name);
  add_name(draft, name, data_.settings.local_ttl);
  return true;
}

bool HostAnswers::name_of(AnswerDraft& draft, const IpAddress& address) {
  const auto now = draft.asked().now;
  if (const auto* record = data_.hosts->by_address(address)) {
    const auto name = data_.hosts->name(*record);
    log_.address_answer(draft.origin(), data_.hosts->source(*record), address, name);
    add_name(draft, name, data_.hosts->ttl(*record, data_.settings.local_ttl));
    return true;
  }
  if (const auto* lease = data_.leases.by_address(address); lease != nullptr && lease->alive(now)) {
    log_.address_answer(draft.origin(), from_lease, address, lease->name);
    add_name(draft, lease->spelled, lease_ttl(lease->expires, now));
    return true;
  }
  return false;
}

HostAnswers::Families HostAnswers::additional(AnswerDraft& draft, const AnswerDraft::Target& target) {
  const auto found = find(target.name.wire(), Family::any, draft.asked().now);
  Families families;
  for (const auto& local : found) {
    draft.add_additional(target, local.address, local.ttl);
    (local.address.is_v4() ? families.v4 : families.v6) = true;
  }
  return families;
}

HostAnswers::Locals HostAnswers::find(wire::WireName name, Family family, TimePoint now) {
  Locals all;
  for (const auto* r = data_.hosts->first(name); r != nullptr; r = data_.hosts->next(*r))
    all.push_back({r->address, data_.hosts->ttl(*r, data_.settings.local_ttl), data_.hosts->source(*r), true});
  if (const auto* entries = data_.leases.find(name))
    for (const auto& entry : *entries)
      if (entry.alive(now)) all.push_back({entry.address, lease_ttl(entry.expires, now), from_lease, false});

  const auto wanted = [family](const Local& local) {
    return family == Family::any || local.address.is_v4() == (family == Family::v4);
  };
  Locals found;
  if (all.size() < 2 || data_.settings.no_round_robin) {
    std::ranges::copy_if(all, std::back_inserter(found), wanted);
    return found;
  }
  auto& order = order_of(name, all.size());
  for (const auto place : order)
    if (wanted(all[place])) found.push_back(all[place]);
  const auto first = std::ranges::find_if(order, [&](std::size_t place) { return wanted(all[place]); });
  if (first != order.end()) std::rotate(first, first + 1, order.end());
  return found;
}

void HostAnswers::add(AnswerDraft& draft, const Locals& found) const {
  for (const auto& local : found) {
    log_.answer(draft.origin(), local.source, draft.name().wire(), local.address.to_string());
    draft.add_address(local.address, local.ttl);
  }
}

void HostAnswers::add_name(AnswerDraft& draft, wire::WireName name, std::uint32_t ttl) const {
  draft.add(type::ptr, ttl, to_bytes(name));
}

void HostAnswers::keep_local_subnet(const Client& client, Locals& found) const {
  if (!client.local.is_v4()) return;
  for (const auto& interface : *data_.interfaces) {
    for (const auto& own : interface.addresses) {
      if (own.address != client.local) continue;
      const auto near = [&](const Local& local) { return local.address.in_prefix(own.address, own.prefix_length); };
      if (std::ranges::none_of(found, [&](const Local& local) { return local.hosts && near(local); })) return;
      const auto far = [&](const Local& local) { return local.hosts && local.address.is_v4() && !near(local); };
      found.erase(std::remove_if(found.begin(), found.end(), far), found.end());
      return;
    }
  }
}

std::uint32_t HostAnswers::lease_ttl(std::optional<TimePoint> expires, TimePoint now) const {
  const auto ttl = data_.settings.dhcp_ttl.value_or(data_.settings.local_ttl);
  if (!expires) return ttl;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(seconds_of(*expires) - seconds_of(now), 0, ttl));
}

std::vector<std::size_t>& HostAnswers::order_of(wire::WireName name, std::size_t count) {
  auto& order = orders_[std::string{name}];
  if (order.size() != count) {
    order.resize(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
  }
  return order;
}

}  // namespace swapmasq::dns
