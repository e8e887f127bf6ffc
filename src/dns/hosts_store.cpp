#include "dns/hosts_store.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace swapmasq::dns {

HostsStore::HostsStore(bool round_robin)
    : round_robin_(round_robin),
      by_name_(0, ByName{this}, ByName{this}, &index_memory_),
      by_address_(0, ByAddress{this}, ByAddress{this}, &index_memory_) {}

HostsStore::Source HostsStore::add_source(std::string label) {
  removable_records_ = nullptr;
  return place_source(std::move(label));
}

HostsStore::Source HostsStore::place_source(std::string label) {
  if (!free_sources_.empty()) {
    const auto source = free_sources_.back();
    free_sources_.pop_back();
    sources_.at(source) = std::move(label);
    return source;
  }
  if (sources_.size() <= std::numeric_limits<Source>::max()) sources_.push_back(std::move(label));
  return static_cast<Source>(sources_.size() - 1);
}

HostsStore::Source HostsStore::add_removable_source(const std::string& label) {
  auto& file = removable_[label];
  file.source = place_source(label);
  removable_records_ = &file.records;
  return file.source;
}

std::size_t HostsStore::remove(const std::string& label) {
  const auto file = removable_.extract(label);
  if (file.empty()) return 0;
  if (removable_records_ == &file.mapped().records) removable_records_ = nullptr;
  for (const auto index : file.mapped().records) {
    auto& record = records_[index];
    const auto called = by_address_.find(record.address);
    if (called != by_address_.end() && *called == index) by_address_.erase(called);
    auto& node = nodes_[record.name_];
    unlink(node, index);
    if (node.first == none) ++emptied_nodes_;
    record.name_ = none;
    free_records_.push_back(index);
  }
  free_sources_.push_back(file.mapped().source);
  if (emptied_nodes_ > nodes_.size() / 2) compact();
  return file.mapped().records.size();
}

void HostsStore::unlink(Node& node, std::uint32_t record) {
  auto before = none;
  for (auto at = node.first; at != record; at = records_[at].next_) before = at;
  (before == none ? node.first : records_[before].next_) = records_[record].next_;
  if (node.last == record) node.last = before;
}

void HostsStore::compact() {
  const auto nodes = std::exchange(nodes_, {});
  const auto names = std::exchange(names_, {});
  by_name_.clear();
  emptied_nodes_ = 0;
  for (const auto& old : nodes) {
    if (old.first == none) continue;
    const auto name = wire::WireName{names}.substr(old.offset, old.size);
    const auto place = node_for(name);
    nodes_[place].first = old.first;
    nodes_[place].last = old.last;
    for (auto record = old.first; record != none; record = records_[record].next_) records_[record].name_ = place;
    add_ancestors(name);
  }
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
  if (ttl) record.ttl_ = ttl_place(*ttl);
  const auto index = place_record(record);
  if (nodes_[node].first == none)
    nodes_[node].first = index;
  else
    records_[nodes_[node].last].next_ = index;
  nodes_[node].last = index;
  by_address_.insert(index);  // keeps the first
  if (removable_records_ != nullptr) removable_records_->push_back(index);
  add_ancestors(parsed->wire());
}

std::uint32_t HostsStore::place_record(const Record& record) {
  if (free_records_.empty()) {
    records_.push_back(record);
    return static_cast<std::uint32_t>(records_.size() - 1);
  }
  const auto index = free_records_.back();
  free_records_.pop_back();
  records_[index] = record;
  return index;
}

// Ancestors exist without records: empty non-terminals. One that is there brought its own ancestors.
void HostsStore::add_ancestors(wire::WireName name) {
  for (auto up = wire::parent(name); up.size() > 1 && !by_name_.contains(up); up = wire::parent(up)) node_for(up);
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
  return record.ttl_ == 0 ? otherwise : ttls_[record.ttl_ - 1U];
}

std::uint16_t HostsStore::ttl_place(std::uint32_t ttl) {
  const auto found = std::ranges::find(ttls_, ttl);
  if (found == ttls_.end() && ttls_.size() == std::numeric_limits<std::uint16_t>::max()) return 0;
  const auto place = static_cast<std::uint16_t>(found - ttls_.begin() + 1);
  if (found == ttls_.end()) ttls_.push_back(ttl);
  return place;
}

}  // namespace swapmasq::dns
