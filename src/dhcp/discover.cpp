// DHCPDISCOVER: choosing an address and offering it (spec dhcpv4.md sections 6.1, 7 and 8). The choice may have to wait
// for a ping; then the transaction is kept aside and goes on at the same step when the answer is known.
#include <algorithm>

#include "dhcp/server.hpp"
#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {
namespace {

// So many clients may wait for pings; the next ones are offered their address unchecked.
constexpr std::size_t most_waiting = 256;

// In class C space the first and the last address of a /24 are not given away.
bool class_c_edge(Ipv4 address) {
  const auto octets = address.octets();
  return octets[0] >= 192 && octets[0] <= 223 && (octets[3] == 0 || octets[3] == 255);
}

bool is_router(const Candidates& candidates, Ipv4 address) {
  return std::ranges::any_of(candidates, [&](const Range* range) { return range->router == address; });
}

}  // namespace

void Engine::Server::discover(TransactionPtr t, TimePoint now) {
  if (ignored(*t)) {
    if (!dhcp_.quiet) log_transaction(*t, "DHCPDISCOVER", std::nullopt, "ignored", Weight::ordinary);
    return;
  }
  resume(std::move(t), now);
}

void Engine::Server::resume(TransactionPtr t, TimePoint now) {
  if (t->type == wire::Dhcp4Type::bootp) {
    resume_bootp(std::move(t), now);
    return;
  }
  const auto choice = choose_address(t, now);
  if (choice == Choice::waiting) return;
  if (choice == Choice::found) {
    log_transaction(*t, "DHCPDISCOVER", t->requested_address, "", Weight::ordinary);
    offer(std::move(t), now);
    return;
  }
  const auto* reason = t->hardware_id.empty() ? "no unique-id" : "no address available";
  log_transaction(*t, "DHCPDISCOVER", t->requested_address, reason, Weight::problem);
}

Engine::Server::Choice Engine::Server::choose_address(TransactionPtr& t, TimePoint now) {
  using Step = Transaction::Step;
  if (t->step == Step::configured_address) {
    t->offered = configured_address(*t, now);
    if (t->offered) return Choice::found;
    t->step = Step::leased_address;
  }
  if (t->step == Step::leased_address) {
    const auto* lease = lease_of(*t);
    if (lease && available(t->candidates, lease->address, t->all_tags) && !hosts_.of_address(lease->address)) {
      t->offered = lease->address;
      return Choice::found;
    }
    t->step = Step::requested_address;
  }
  if (t->step == Step::requested_address) {
    const auto choice = requested_address(t, now);
    if (choice != Choice::none) return choice;
    t->step = Step::allocation;
  }
  return t->hardware_id.empty() ? Choice::none : allocate(t, now);
}

std::optional<Ipv4> Engine::Server::configured_address(const Transaction& t, TimePoint now) {
  if (!t.host || !t.host->address) return std::nullopt;
  const auto address = *t.host->address;
  const auto* lease = leases_.find(address);
  if (lease && lease != lease_of(t) && !t.host->names_hardware(lease->hardware)) {
    log_.write(log::dhcp_configured_address_leased(address, lease->hardware.bytes()));
    return std::nullopt;
  }
  if (t.candidates.front()->router == address) {
    log_.write(log::dhcp_configured_address_in_use(address));
    return std::nullopt;
  }
  if (t.host->declined_recently(now)) {
    log_.write(log::dhcp_configured_address_declined(address));
    return std::nullopt;
  }
  return address;
}

bool Engine::Server::usable(const Transaction& t, Ipv4 address) {
  return !leases_.find(address) && !hosts_.of_address(address) &&
         std::ranges::find(t.passed_over, address) == t.passed_over.end();
}

AddressChecks::Verdict Engine::Server::check_address(const Transaction& t, Ipv4 address, TimePoint now) {
  if (dhcp_.no_ping || t.loopback || waiting_transactions_ >= most_waiting) return {};
  return checks_.check(address, client_hash(t.hardware_id), now);
}

void Engine::Server::wait_for(TransactionPtr& t, const AddressChecks::Verdict& verdict, Ipv4 address) {
  if (verdict.send) actions_.emplace_back(Ping{verdict.id, address, AddressChecks::timeout});
  waiting_[verdict.id.value].transactions.push_back(std::move(t));
  ++waiting_transactions_;
}

Engine::Server::Choice Engine::Server::requested_address(TransactionPtr& t, TimePoint now) {
  if (!t->requested_address) return Choice::none;
  const auto address = *t->requested_address;
  if (!available(t->candidates, address, t->all_tags) || !usable(*t, address)) return Choice::none;
  const auto verdict = check_address(*t, address, now);
  if (verdict.state == AddressChecks::Verdict::State::wait) {
    wait_for(t, verdict, address);
    return Choice::waiting;
  }
  t->offered = address;
  return Choice::found;
}

Engine::Server::Choice Engine::Server::allocate(TransactionPtr& t, TimePoint now) {
  for (const bool filtered_only : {true, false}) {
    const auto candidates = t->candidates;
    for (auto* range : candidates) {
      if (!range->dynamic() || !t->all_tags.matches(range->config->filters)) continue;
      if (filtered_only && range->config->filters.empty()) continue;
      const auto choice = allocate_from(t, *range, now);
      if (choice != Choice::none) return choice;
    }
  }
  return Choice::none;
}

Engine::Server::Choice Engine::Server::allocate_from(TransactionPtr& t, Range& range, TimePoint now) {
  const auto first = range.config->start;
  const auto last = range.config->end;
  const auto size = std::uint64_t{last.value} - first.value + 1;
  const auto hash = client_hash(t->hardware_id);
  const auto start = dhcp_.sequential_ip
                         ? leases_.highest_in(first, last).value_or(first)
                         : Ipv4{static_cast<std::uint32_t>(first.value + std::uint32_t{hash + range.offset} % size)};
  auto address = start;
  do {
    if (!is_router(t->candidates, address) && !class_c_edge(address) && usable(*t, address)) {
      if (dhcp_.sequential_ip && range.offset > 0) {
        --range.offset;
        t->passed_over.push_back(address);
      } else if (dhcp_.sequential_ip && checks_.promised_to_other(address, hash, now)) {
        t->passed_over.push_back(address);
      } else {
        const auto verdict = check_address(*t, address, now);
        if (verdict.state == AddressChecks::Verdict::State::unused) {
          t->offered = address;
          return Choice::found;
        }
        wait_for(t, verdict, address);
        if (verdict.send && !dhcp_.sequential_ip) waiting_[verdict.id.value].range = &range;
        return Choice::waiting;
      }
    }
    address = address == last ? first : Ipv4{address.value + 1};
  } while (address != start);
  return Choice::none;
}

std::vector<Action> Engine::Server::ping_finished(PingId id, bool answered, TimePoint now) {
  const auto address = checks_.finished(id, answered, now);
  const auto found = waiting_.extract(id.value);
  if (!address || found.empty()) return {};
  auto& waiting = found.mapped();
  waiting_transactions_ -= waiting.transactions.size();
  if (answered && waiting.range) ++waiting.range->offset;
  leases_.remove_expired(seconds_of(now));
  for (auto& t : waiting.transactions) {
    if (answered) t->passed_over.push_back(*address);
    resume(std::move(t), now);
  }
  return finish();
}

void Engine::Server::offer(TransactionPtr t, TimePoint now) {
  const auto* range = narrow(t->candidates, *t->offered, t->all_tags);
  if (!range) return;
  const auto delay = reply_delay(tags_with_range(*t, range));
  if (delay == 0) {
    send_offer(*t, now);
    return;
  }
  if (!dhcp_.quiet) log_.write(log::dhcp_reply_delay(t->message.header.xid, delay));
  const auto received = t->received;
  hold_back({{}, std::move(t), std::nullopt}, received, delay);
}

std::uint32_t Engine::Server::reply_delay(const TagSet& tags) const {
  const auto& delays = settings_.dhcp_matching.reply_delays;
  const auto last = [&](auto suits) {
    const auto it = std::find_if(delays.rbegin(), delays.rend(), suits);
    return it == delays.rend() ? std::optional<std::uint32_t>{} : it->seconds;
  };
  const auto tagged = last([&](const auto& d) { return !d.filters.empty() && tags.matches(d.filters); });
  return tagged ? *tagged : last([](const auto& d) { return d.filters.empty(); }).value_or(0);
}

void Engine::Server::hold_back(DelayedReply reply, TimePoint received, std::uint32_t delay) {
  // The reference waits until its clock of whole seconds is past the delay.
  reply.due = at_seconds(seconds_of(received) + delay + 1);
  const auto place = std::ranges::upper_bound(delayed_, reply.due, {}, &DelayedReply::due);
  delayed_.insert(place, std::move(reply));
}

void Engine::Server::send_offer(Transaction& t, TimePoint now) {
  const auto address = *t.offered;
  const auto* range = narrow(t.candidates, address, t.all_tags);
  if (!range) return;
  if (dhcp_.rapid_commit && t.message.option(wire::dhcp4::rapid_commit, 0)) {
    if (const auto* lease = lease_of(t); lease && lease->address != address) leases_.remove(*lease);
    Demand demand;
    demand.address = address;
    demand.selecting = true;
    demand.rapid_commit = true;
    answer_request(t, demand, now);
    return;
  }
  log_tags(t, tags_with_range(t, range));
  log_transaction(t, "DHCPOFFER", address, "", Weight::ordinary);

  const auto lease = lease_time(t, *range);
  auto reply = start_reply(t);
  reply.header.yiaddr = address;
  add_message_options(reply, wire::Dhcp4Type::offer, server_id(t, range), lease);
  add_reply_options(reply, t, {range, offered_name(t), address, lease, false});
  send(t, reply);
}

}  // namespace swapmasq::dhcp
