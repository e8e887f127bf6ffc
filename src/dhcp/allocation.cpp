#include "dhcp/allocation.hpp"

#include <algorithm>
#include <utility>

#include "dhcp/leasing.hpp"
#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {
namespace {

using State = Allocation::Choice::State;

// In class C space the first and the last address of a /24 are not given away.
bool class_c_edge(Ipv4 address) {
  const auto octets = address.octets();
  return octets[0] >= 192 && octets[0] <= 223 && (octets[3] == 0 || octets[3] == 255);
}

Allocation::Choice found(Transaction& t, Ipv4 address) {
  t.offered = address;
  return {.state = State::found};
}

}  // namespace

Allocation::Choice Allocation::choose(Transaction& t, TimePoint now) {
  using Step = Transaction::Step;
  if (t.step == Step::configured_address) {
    if (const auto address = configured_address(t, now)) return found(t, *address);
    t.step = Step::leased_address;
  }
  if (t.step == Step::leased_address) {
    if (const auto address = leased_address(t)) return found(t, *address);
    t.step = Step::requested_address;
  }
  if (t.step == Step::requested_address) {
    const auto choice = requested_address(t, now);
    if (choice.state != State::none) return choice;
    t.step = Step::allocation;
  }
  return t.hardware_id.empty() ? Choice{} : allocate(t, now);
}

Allocation::Choice Allocation::choose_bootp(Transaction& t, TimePoint now) {
  if (const auto address = t.configured_address()) return found(t, *address);
  const auto* own = lease_of(leases_, t);
  if (own && available(t.candidates, own->address, t.tags)) return found(t, own->address);
  if (own) leases_.remove(*own);
  return allocate(t, now);
}

std::optional<Ping> Allocation::wait(TransactionPtr t, const Choice& choice) {
  checks_.wait(choice.check.id, std::move(t), choice.check.send ? choice.range : nullptr);
  if (!choice.check.send) return std::nullopt;
  return Ping{choice.check.id, choice.address, AddressChecks::timeout};
}

std::optional<Ipv4> Allocation::configured_address(const Transaction& t, TimePoint now) const {
  const auto address = t.configured_address();
  if (!address) return std::nullopt;
  const auto* lease = leases_.find(*address);
  if (lease && lease != lease_of(leases_, t) && !t.host->names_hardware(lease->hardware)) {
    log_.write(log::dhcp_configured_address_leased(*address, lease->hardware.bytes()));
    return std::nullopt;
  }
  if (t.candidates.front()->router == *address) {
    log_.write(log::dhcp_configured_address_in_use(*address));
    return std::nullopt;
  }
  if (t.host->declined_recently(now)) {
    log_.write(log::dhcp_configured_address_declined(*address));
    return std::nullopt;
  }
  return address;
}

std::optional<Ipv4> Allocation::leased_address(const Transaction& t) const {
  const auto* lease = lease_of(leases_, t);
  if (!lease || !available(t.candidates, lease->address, t.all_tags) || hosts_.of_address(lease->address)) {
    return std::nullopt;
  }
  return lease->address;
}

Allocation::Choice Allocation::requested_address(Transaction& t, TimePoint now) {
  if (!t.requested_address) return {};
  const auto address = *t.requested_address;
  if (!available(t.candidates, address, t.all_tags) || !usable(t, address)) return {};
  return take(t, address, nullptr, now);
}

bool Allocation::usable(const Transaction& t, Ipv4 address) const {
  return !leases_.find(address) && !hosts_.of_address(address) &&
         std::ranges::find(t.passed_over, address) == t.passed_over.end();
}

Allocation::Choice Allocation::take(Transaction& t, Ipv4 address, Range* range, TimePoint now) {
  if (dhcp_.no_ping || t.loopback) {
    offers_.note(address, client_hash(t.hardware_id), now);
    return found(t, address);
  }
  const auto verdict = checks_.check(address, client_hash(t.hardware_id), now);
  if (verdict.state == AddressChecks::Verdict::State::unused) return found(t, address);
  return {.state = State::waiting, .address = address, .check = verdict, .range = range};
}

// Ranges with tag: tests come before those without.
Allocation::Choice Allocation::allocate(Transaction& t, TimePoint now) {
  for (const bool filtered_only : {true, false}) {
    for (auto* range : t.candidates) {
      if (!range->dynamic() || !t.all_tags.matches(range->config->filters)) continue;
      if (filtered_only && range->config->filters.empty()) continue;
      const auto choice = allocate_from(t, *range, now);
      if (choice.state != State::none) return choice;
    }
  }
  return {};
}

Allocation::Choice Allocation::allocate_from(Transaction& t, Range& range, TimePoint now) {
  const auto start = first_to_try(t, range);
  const auto try_from = [&](Ipv4 first, Ipv4 last) { return allocate_between(t, range, first, last, now); };
  const auto choice = try_from(start, range.config->end);
  if (choice.state != State::none || start == range.config->start) return choice;
  return try_from(range.config->start, Ipv4{start.value - 1});
}

Allocation::Choice Allocation::allocate_between(Transaction& t, Range& range, Ipv4 first, Ipv4 last, TimePoint now) {
  for (auto free = first_free(first, last); free; free = first_free(Ipv4{free->value + 1}, last)) {
    if (!is_router(t.candidates, *free) && !class_c_edge(*free) && usable(t, *free)) {
      if (!left_to_others(t, range, *free, now)) {
        return take(t, *free, dhcp_.sequential_ip ? nullptr : &range, now);
      }
      t.passed_over.push_back(*free);
    }
    if (*free == last) break;
  }
  return {};
}

// Neither leased nor held by a dhcp-host.
std::optional<Ipv4> Allocation::first_free(Ipv4 first, Ipv4 last) const {
  while (const auto unleased = leases_.first_free(first, last)) {
    const auto unreserved = hosts_.first_unreserved(*unleased, last);
    if (!unreserved || *unreserved == *unleased) return unreserved;
    first = *unreserved;
  }
  return std::nullopt;
}

Ipv4 Allocation::first_to_try(const Transaction& t, const Range& range) const {
  const auto first = range.config->start;
  const auto last = range.config->end;
  if (dhcp_.sequential_ip) return leases_.highest_in(first, last).value_or(first);
  const auto size = std::uint64_t{last.value} - first.value + 1;
  const auto hash = client_hash(t.hardware_id) + range.offset;
  return Ipv4{static_cast<std::uint32_t>(first.value + std::uint32_t{hash} % size)};
}

// By dhcp-sequential-ip all clients try the same addresses, so those that others were promised are theirs, and the
// offset counts addresses to skip.
bool Allocation::left_to_others(const Transaction& t, Range& range, Ipv4 address, TimePoint now) {
  const auto client = client_hash(t.hardware_id);
  if (offers_.made_to_another(address, client, now)) return true;
  if (!dhcp_.sequential_ip) return false;
  if (range.offset > 0) {
    --range.offset;
    return true;
  }
  return checks_.promised_to_other(address, client, now);
}

}  // namespace swapmasq::dhcp
