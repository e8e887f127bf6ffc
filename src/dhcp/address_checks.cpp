#include "dhcp/address_checks.hpp"

#include <algorithm>
#include <utility>

namespace swapmasq::dhcp {
namespace {

constexpr std::chrono::seconds remembered{30};
// So many checks younger than that, and further ones are left out: 60 % of what fits into the time one after another.
constexpr std::size_t most_checks = 6;
// So many clients may wait; the next ones are offered their address unchecked.
constexpr std::size_t most_waiting = 256;

}  // namespace

void AddressChecks::forget_old(TimePoint now) {
  std::erase_if(checks_, [&](const auto& item) {
    return !item.second.pending && (now - item.second.since >= remembered || now < item.second.since);
  });
}

AddressChecks::Verdict AddressChecks::check(Ipv4 address, std::uint32_t client, TimePoint now) {
  if (waiting_transactions_ >= most_waiting) return {};
  forget_old(now);
  if (const auto known = checks_.find(address); known != checks_.end()) {
    if (!known->second.pending) return {};
    return {Verdict::State::wait, *known->second.pending, false};
  }
  if (checks_.size() >= most_checks) return {};
  const PingId id{next_id_++};
  checks_.emplace(address, Check{client, now, id});
  return {Verdict::State::wait, id, true};
}

bool AddressChecks::promised_to_other(Ipv4 address, std::uint32_t client, TimePoint now) const {
  const auto known = checks_.find(address);
  return known != checks_.end() && known->second.client != client && now - known->second.since < remembered;
}

std::optional<Ipv4> AddressChecks::finish_check(PingId id, bool answered, TimePoint now) {
  const auto found =
      std::ranges::find_if(checks_, [&](const auto& item) { return item.second.pending == std::optional{id}; });
  if (found == checks_.end()) return std::nullopt;
  const auto address = found->first;
  if (answered) {
    checks_.erase(found);
  } else {
    found->second.pending.reset();
    found->second.since = now;
  }
  return address;
}

void AddressChecks::wait(PingId id, TransactionPtr t, Range* range) {
  auto& waiting = waiting_[id.value];
  if (range) waiting.range = range;
  waiting.transactions.push_back(std::move(t));
  ++waiting_transactions_;
}

std::vector<TransactionPtr> AddressChecks::finished(PingId id, bool answered, TimePoint now) {
  const auto address = finish_check(id, answered, now);
  const auto found = waiting_.extract(id.value);
  if (!address || found.empty()) return {};
  auto& waiting = found.mapped();
  waiting_transactions_ -= waiting.transactions.size();
  if (answered) {
    if (waiting.range) ++waiting.range->offset;
    for (const auto& t : waiting.transactions) t->passed_over.push_back(*address);
  }
  return std::move(waiting.transactions);
}

}  // namespace swapmasq::dhcp
