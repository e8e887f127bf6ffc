#include "dns/hosts_store.hpp"

#include <utility>

namespace swapmasq::dns {

HostsStore::HostsStore(bool round_robin)
    : round_robin_(round_robin),
      by_name_(0, ByName{this}, ByName{this}),
      by_address_(0, ByAddress{this}, ByAddress{this}) {}

HostsStore::Source HostsStore::add_source(std::string label) {
  sources_.push_back(std::move(label));
  return static_cast<Source>(sources_.size() - 1);
}

std::uint32_t HostsStore::node_for(wire::WireName name) {
  if (const auto found = by_name_.find(name); found != by_name_.end()) return *found;
  const auto node = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({static_cast<std::uint32_t>(names_.size()), none, none, static_cast<std::uint8_t>(name.size())});
  names_ += name;
  by_name_.insert(node);
  return node;
}

void HostsStore::add(std::string_view name, const IpAddress& address, Source source, std::optional<std::uint32_t> ttl) {
  const auto parsed = wire::DnsName::from_text(name);
  if (!parsed || parsed->is_root()) return;
  const auto node = node_for(parsed->wire());
  if (round_robin_) turn(nodes_[node], address.is_v4());
  for (auto r = nodes_[node].first; r != none; r = records_[r].next_)
    if (records_[r].address == address) return;

  Record record;
  record.address = address;
  record.name_ = node;
  record.next_ = none;
  record.source_ = source;
  const auto index = static_cast<std::uint32_t>(records_.size());
  records_.push_back(record);
  if (nodes_[node].first == none)
    nodes_[node].first = index;
  else
    records_[nodes_[node].last].next_ = index;
  nodes_[node].last = index;
  if (ttl) ttls_.emplace(index, *ttl);
  by_address_.insert(index);  // keeps the first

  // Ancestors exist without records: empty non-terminals. One that is there brought its own ancestors.
  for (auto up = wire::parent(parsed->wire()); up.size() > 1 && !by_name_.contains(up); up = wire::parent(up))
    node_for(up);
}

void HostsStore::turn(Node& node, bool v4) {
  auto before = none;
  auto at = node.first;
  while (at != none && records_[at].address.is_v4() != v4) before = std::exchange(at, records_[at].next_);
  if (at == none || at == node.last) return;
  (before == none ? node.first : records_[before].next_) = records_[at].next_;
  records_[at].next_ = none;
  records_[node.last].next_ = at;
  node.last = at;
}

const HostsStore::Record* HostsStore::first(wire::WireName name) const {
  const auto found = by_name_.find(name);
  if (found == by_name_.end() || nodes_[*found].first == none) return nullptr;
  return &records_[nodes_[*found].first];
}

const HostsStore::Record* HostsStore::next(const Record& record) const {
  return record.next_ == none ? nullptr : &records_[record.next_];
}

const HostsStore::Record* HostsStore::by_address(const IpAddress& address) const {
  const auto found = by_address_.find(address);
  return found == by_address_.end() ? nullptr : &records_[*found];
}

bool HostsStore::knows(wire::WireName name) const { return by_name_.contains(name); }

std::uint32_t HostsStore::ttl(const Record& record, std::uint32_t otherwise) const {
  if (ttls_.empty()) return otherwise;
  const auto found = ttls_.find(static_cast<std::uint32_t>(&record - records_.data()));
  return found == ttls_.end() ? otherwise : found->second;
}

}  // namespace swapmasq::dns
