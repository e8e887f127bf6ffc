#include "dhcp/lease_store.hpp"

#include <algorithm>
#include <boost/multi_index/composite_key.hpp>
#include <boost/multi_index/mem_fun.hpp>
#include <boost/multi_index/member.hpp>
#include <boost/multi_index/ordered_index.hpp>
#include <boost/multi_index_container.hpp>
#include <cctype>
#include <functional>
#include <limits>
#include <string>
#include <tuple>
#include <utility>

#include "dhcp/address_runs.hpp"
#include "dhcp/lease_events.hpp"

namespace swapmasq::dhcp {
namespace {

namespace bmi = boost::multi_index;

std::string folded(std::string_view text) {
  std::string lower{text};
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

struct Entry {
  Lease lease;
  std::string name_key;  // what must be unique, in lower case; empty without name

  Ipv4 address() const { return lease.address; }
  const HardwareAddress& hardware() const { return lease.hardware; }
  const Bytes& client_id() const { return lease.client_id; }
  bool has_client_id() const { return !lease.client_id.empty(); }
  std::uint64_t sequence() const { return lease.sequence; }
  std::int64_t end() const { return lease.expires == 0 ? std::numeric_limits<std::int64_t>::max() : lease.expires; }
};

struct BySequence;
struct ByAddress;
struct ByClient;
struct ByHardware;
struct ByName;
struct ByEnd;

// An index on one key whose equal elements stand in list order.
template <typename Tag, typename Key>
using InListOrder =
    bmi::ordered_unique<bmi::tag<Tag>,
                        bmi::composite_key<Entry, Key, bmi::const_mem_fun<Entry, std::uint64_t, &Entry::sequence>>,
                        bmi::composite_key_compare<std::less<typename Key::result_type>, std::greater<std::uint64_t>>>;

template <typename Value, Value (Entry::*Getter)() const>
struct Key : bmi::const_mem_fun<Entry, Value, Getter> {
  using result_type = std::remove_cvref_t<Value>;
};

using Table = bmi::multi_index_container<
    Entry,
    bmi::indexed_by<bmi::ordered_unique<bmi::tag<BySequence>,
                                        bmi::const_mem_fun<Entry, std::uint64_t, &Entry::sequence>, std::greater<>>,
                    InListOrder<ByAddress, Key<Ipv4, &Entry::address>>,
                    InListOrder<ByClient, Key<const Bytes&, &Entry::client_id>>,
                    bmi::ordered_unique<
                        bmi::tag<ByHardware>,
                        bmi::composite_key<Entry, bmi::const_mem_fun<Entry, const HardwareAddress&, &Entry::hardware>,
                                           bmi::const_mem_fun<Entry, bool, &Entry::has_client_id>,
                                           bmi::const_mem_fun<Entry, std::uint64_t, &Entry::sequence>>,
                        bmi::composite_key_compare<std::less<>, std::less<>, std::greater<>>>,
                    bmi::ordered_unique<bmi::tag<ByName>,
                                        bmi::composite_key<Entry, bmi::member<Entry, std::string, &Entry::name_key>,
                                                           bmi::const_mem_fun<Entry, std::uint64_t, &Entry::sequence>>,
                                        bmi::composite_key_compare<std::less<>, std::greater<>>>,
                    bmi::ordered_non_unique<bmi::tag<ByEnd>, bmi::const_mem_fun<Entry, std::int64_t, &Entry::end>>>>;

}  // namespace

struct LeaseStore::State {
  State(bool by_fqdn, LeaseEventPolicy policy) : unique_fqdn(by_fqdn), events(policy) {}

  bool unique_fqdn;
  Table table;
  AddressRuns leased;
  std::vector<Lease6> leases6;  // newest last
  std::optional<Bytes> server_duid;
  std::uint64_t next_sequence = 1;
  LeasesChanged changes;
  LeaseEvents events;

  void changed(const Lease& lease, bool file, bool names) {
    changes.file |= file;
    changes.names |= names;
    changes.leases.push_back({lease.address, lease.sequence, file, names});
  }

  std::string name_key(const Lease& lease) const {
    return folded(unique_fqdn && !lease.fqdn.empty() ? lease.fqdn : lease.name);
  }

  void lose_name(const Lease& lease) { events.name_lost(lease.sequence, lease.fqdn.empty() ? lease.name : lease.fqdn); }

  void take_name(const Lease& lease) {
    lose_name(lease);
    changed(lease, true, true);
    modify(lease, [](Lease& l) {
      l.name.clear();
      l.fqdn.clear();
      l.authoritative_name = false;
    });
  }

  const Lease* insert(Entry entry) {
    leased.add(entry.lease.address);
    return &table.insert(std::move(entry)).first->lease;
  }

  void erase(Table::index<BySequence>::type::iterator entry) {
    const auto address = entry->lease.address;
    changed(entry->lease, true, !entry->lease.name.empty());
    events.removed(entry->lease);
    table.get<BySequence>().erase(entry);
    const auto& index = table.get<ByAddress>();
    const auto other = index.lower_bound(address);  // a lease file may have an address twice
    if (other == index.end() || other->lease.address != address) leased.remove(address);
  }

  template <typename Change>
  void modify(const Lease& lease, Change change) {
    auto& list = table.get<BySequence>();
    const auto it = list.find(lease.sequence);
    if (it == list.end()) return;
    list.modify(it, [&](Entry& entry) {
      change(entry.lease);
      entry.name_key = name_key(entry.lease);
    });
  }
};

LeaseStore::LeaseStore(std::size_t limit, bool unique_fqdn, LeaseEventPolicy events)
    : limit_(limit), state_(std::make_unique<State>(unique_fqdn, events)) {}

LeaseStore::~LeaseStore() = default;

std::size_t LeaseStore::size() const { return state_->table.size() + state_->leases6.size(); }

const Lease* LeaseStore::find(Ipv4 address) const {
  const auto& index = state_->table.get<ByAddress>();
  const auto it = index.lower_bound(address);
  return it != index.end() && it->lease.address == address ? &it->lease : nullptr;
}

const Lease* LeaseStore::find_sequence(std::uint64_t sequence) const {
  const auto& list = state_->table.get<BySequence>();
  const auto it = list.find(sequence);
  return it == list.end() ? nullptr : &it->lease;
}

const Lease* LeaseStore::find_client(const HardwareAddress& hardware, ByteView client_id) const {
  if (!client_id.empty()) {
    const Bytes key{client_id.begin(), client_id.end()};
    const auto& index = state_->table.get<ByClient>();
    const auto it = index.lower_bound(key);
    if (it != index.end() && it->lease.client_id == key) return &it->lease;
  }
  if (hardware.length == 0) return nullptr;
  const auto& index = state_->table.get<ByHardware>();
  const auto newest = [&](bool with_client_id) -> const Lease* {
    const auto it = index.lower_bound(std::make_tuple(std::cref(hardware), with_client_id));
    const bool found = it != index.end() && it->lease.hardware == hardware && it->has_client_id() == with_client_id;
    return found ? &it->lease : nullptr;
  };
  const auto* plain = newest(false);
  const auto* identified = client_id.empty() ? newest(true) : nullptr;
  if (plain && identified) return plain->sequence > identified->sequence ? plain : identified;
  return plain ? plain : identified;
}

const Lease* LeaseStore::find_name(std::string_view name) const {
  const auto key = folded(name);
  const auto& index = state_->table.get<ByName>();
  const auto it = index.lower_bound(key);
  return !key.empty() && it != index.end() && it->name_key == key ? &it->lease : nullptr;
}

std::optional<Ipv4> LeaseStore::highest_in(Ipv4 first, Ipv4 last) const {
  const auto& index = state_->table.get<ByAddress>();
  auto it = index.upper_bound(last);
  if (it == index.begin()) return std::nullopt;
  --it;
  if (it->lease.address < first) return std::nullopt;
  return it->lease.address;
}

std::optional<Ipv4> LeaseStore::first_free(Ipv4 from, Ipv4 last) const {
  return state_->leased.first_outside(from, last);
}

std::optional<std::int64_t> LeaseStore::next_expiry() const {
  std::optional<std::int64_t> next;
  const auto& index = state_->table.get<ByEnd>();
  if (!index.empty() && !index.begin()->lease.never_expires()) next = index.begin()->lease.expires;
  for (const auto& lease : state_->leases6) {
    if (lease.expires != 0 && (!next || lease.expires < *next)) next = lease.expires;
  }
  return next;
}

void LeaseStore::for_each(const std::function<void(const Lease&)>& visit) const {
  for (const auto& entry : state_->table.get<BySequence>()) visit(entry.lease);
}

const Lease* LeaseStore::add(Ipv4 address) {
  if (full()) return nullptr;
  Entry entry;
  entry.lease.address = address;
  entry.lease.sequence = state_->next_sequence++;
  state_->changed(entry.lease, true, true);
  state_->events.added(entry.lease.sequence);
  return state_->insert(std::move(entry));
}

void LeaseStore::remove(const Lease& lease) {
  const auto entry = state_->table.get<BySequence>().find(lease.sequence);
  if (entry != state_->table.get<BySequence>().end()) state_->erase(entry);
}

void LeaseStore::remove_expired(std::int64_t now) {
  auto& index = state_->table.get<ByEnd>();
  while (!index.empty() && index.begin()->lease.expired(now)) {
    state_->erase(state_->table.project<BySequence>(index.begin()));
  }
  const auto gone = std::erase_if(state_->leases6, [&](const Lease6& l) {
    if (l.expires == 0 || now < l.expires) return false;
    state_->events.removed(l);
    return true;
  });
  if (gone != 0) state_->changes.file = state_->changes.all = true;
}

void LeaseStore::set_client(const Lease& lease, const HardwareAddress& hardware, ByteView client_id) {
  Bytes id = client_id.empty() ? lease.client_id : Bytes{client_id.begin(), client_id.end()};
  if (lease.hardware == hardware && lease.client_id == id) return;
  if (lease.hardware != hardware) state_->events.changed(lease.sequence);
  if (lease.client_id != id) state_->events.client_id_changed(lease.sequence);
  state_->modify(lease, [&](Lease& l) {
    l.hardware = hardware;
    l.client_id = std::move(id);
  });
  state_->changed(lease, true, false);
}

void LeaseStore::set_expiry(const Lease& lease, std::int64_t expires) {
  if (lease.expires == expires) return;
  state_->modify(lease, [&](Lease& l) { l.expires = expires; });
  state_->changed(lease, true, true);
  state_->events.expiry_changed(lease.sequence);
}

bool LeaseStore::set_name(const Lease& lease, std::string_view name, std::string_view domain, bool authoritative) {
  Lease wanted = lease;
  wanted.name = name;
  wanted.fqdn = name.empty() || domain.empty() ? "" : std::string{name} + "." + std::string{domain};
  const auto key = state_->name_key(wanted);
  if (folded(lease.name) == folded(wanted.name) && folded(lease.fqdn) == folded(wanted.fqdn)) {
    if (authoritative && !lease.authoritative_name) {
      state_->modify(lease, [](Lease& l) { l.authoritative_name = true; });
    }
    return true;
  }
  if (const auto* holder = find_name(key); holder != nullptr && holder != &lease) {
    if (holder->authoritative_name && !authoritative) return false;
    state_->take_name(*holder);
  }
  if (lease.name.empty()) {
    state_->events.changed(lease.sequence);
  } else {
    state_->lose_name(lease);
  }
  state_->modify(lease, [&](Lease& l) {
    l.name = wanted.name;
    l.fqdn = wanted.fqdn;
    l.authoritative_name = authoritative;
  });
  state_->changed(lease, true, true);
  return true;
}

void LeaseStore::set_domain(const Lease& lease, std::string_view domain) {
  const auto fqdn = lease.name.empty() || domain.empty() ? "" : lease.name + "." + std::string{domain};
  if (lease.fqdn == fqdn) return;
  state_->modify(lease, [&](Lease& l) { l.fqdn = fqdn; });
  state_->changed(lease, false, true);
}

void LeaseStore::set_interface(const Lease& lease, std::string_view interface) {
  if (lease.interface == interface) return;
  state_->modify(lease, [&](Lease& l) { l.interface = interface; });
  state_->events.changed(lease.sequence);
}

void LeaseStore::set_server_id_override(const Lease& lease, std::optional<Ipv4> address) {
  if (lease.server_id_override == address) return;
  state_->modify(lease, [&](Lease& l) { l.server_id_override = address; });
}

void LeaseStore::set_relay(const Lease& lease, Ipv4 relay) {
  if (lease.relay == relay) return;
  state_->modify(lease, [&](Lease& l) { l.relay = relay; });
}

void LeaseStore::set_query_data(const Lease& lease, ByteView agent_info, ByteView vendor_class) {
  if (std::ranges::equal(lease.agent_info, agent_info) && std::ranges::equal(lease.vendor_class, vendor_class)) return;
  state_->modify(lease, [&](Lease& l) {
    l.agent_info.assign(agent_info.begin(), agent_info.end());
    l.vendor_class.assign(vendor_class.begin(), vendor_class.end());
  });
  state_->changed(lease, true, false);
}

bool LeaseStore::restore(Lease lease) {
  if (full()) return false;
  lease.sequence = state_->next_sequence++;
  state_->events.changed(lease.sequence);
  Entry entry{std::move(lease), {}};
  entry.name_key = state_->name_key(entry.lease);
  if (const auto* holder = find_name(entry.name_key)) state_->take_name(*holder);
  state_->insert(std::move(entry));
  state_->changes.names = state_->changes.all = true;
  return true;
}

bool LeaseStore::restore(Lease6 lease) {
  if (full()) return false;
  lease.sequence = state_->next_sequence++;
  state_->events.changed(lease.sequence);
  state_->leases6.push_back(std::move(lease));
  return true;
}

void LeaseStore::set_server_duid(Bytes duid) { state_->server_duid = std::move(duid); }

const std::optional<Bytes>& LeaseStore::server_duid() const { return state_->server_duid; }

std::vector<Lease6> LeaseStore::leases6() const { return {state_->leases6.rbegin(), state_->leases6.rend()}; }

LeasesChanged LeaseStore::take_changes() { return std::exchange(state_->changes, {}); }

bool LeaseStore::has_audience() const { return state_->events.enabled(); }

void LeaseStore::client_heard(const Lease& lease, ClientData data) {
  state_->events.client_heard(lease.sequence, std::move(data));
}

void LeaseStore::announce_all() {
  if (!has_audience()) return;
  for (const auto& entry : state_->table) state_->events.changed(entry.lease.sequence);
  for (const auto& lease : state_->leases6) state_->events.changed(lease.sequence);
}

std::optional<LeaseEvent> LeaseStore::take_event() {
  return state_->events.take([this](std::uint64_t sequence) -> std::variant<Lease, Lease6> {
    const auto& list = state_->table.get<BySequence>();
    if (const auto it = list.find(sequence); it != list.end()) return it->lease;
    return *std::ranges::lower_bound(state_->leases6, sequence, {}, &Lease6::sequence);
  });
}

}  // namespace swapmasq::dhcp
