#include "dhcp/bootp.hpp"

#include <utility>

namespace swapmasq::dhcp {

void Bootp::handle(TransactionPtr t, TimePoint now) {
  const auto& header = t->message.header;
  if (header.htype == 0 || header.hlen == 0 || t->pxe_port || t->candidates.front()->proxy()) return;
  if (server_.ignored_by_tags(*t)) {
    turn_away(*t, TurnedAway::ignored, "ignored");
  } else if (t->host && t->host->config->ignore) {
    turn_away(*t, TurnedAway::ignored, "disabled");
  } else {
    resume(std::move(t), now);
  }
}

void Bootp::resume(TransactionPtr t, TimePoint now) {
  const auto choice = server_.allocation.choose_bootp(*t, now);
  if (choice.state == Allocation::Choice::State::waiting) {
    server_.wait(std::move(t), choice);
    return;
  }
  const bool usable = t->offered && !in_use(*t);
  const auto* range = usable ? narrow(t->candidates, *t->offered, t->tags) : t->candidates.front();
  const auto reason = refusal(*t, range);
  server_.transactions.tags(*t, server_.tags_with_range(*t, range));
  if (reason.empty()) {
    answer(*t, range, now);
  } else {
    turn_away(*t, TurnedAway::no_address, reason);
  }
}

void Bootp::turn_away(const Transaction& t, TurnedAway why, std::string_view reason) const {
  server_.transactions.message(t, "BOOTP", t.configured_address(), reason, Weight::problem);
  server_.transactions.turned_away(t, why);
}

// A configured address may be leased to somebody else.
bool Bootp::in_use(const Transaction& t) const {
  const auto* holder = server_.leases.find(*t.offered);
  return t.configured_address() && holder && holder->hardware != t.hardware;
}

// Empty, or why the chosen address is not given.
std::string_view Bootp::refusal(const Transaction& t, const Range* range) const {
  if (!t.offered) return "no address available";
  if (in_use(t)) return "address in use";
  if (!range) return "wrong network";
  const auto& dynamic = server_.dhcp.bootp_dynamic;
  if (!t.configured_address() && !any_applies(dynamic, server_.tags_with_range(t, range), Untagged::applies)) {
    return "no address configured";
  }
  return !server_.leases.find(*t.offered) && server_.leases.full() ? "no leases left" : std::string_view{};
}

void Bootp::answer(const Transaction& t, const Range* range, TimePoint now) {
  const auto address = *t.offered;
  const auto* lease = server_.leases.find(address);
  if (!lease) lease = server_.leases.add(address);
  if (!lease) return;
  LeaseName name;
  if (t.host) name = {server_.naming.configured(t, address), true};
  const auto time = t.host && t.host->config->lease ? *t.host->config->lease : settings::infinite_lease;
  grant_lease(server_.leases, *lease, t, name, server_.naming.domain_of(address), time, now);

  auto reply = Replies::start_bootp(t);
  reply.header.yiaddr = address;
  server_.replies.add_client_options(reply, t, {range, name.name, address, std::nullopt, false});
  server_.transactions.message(t, "BOOTP", address, "", Weight::ordinary);
  server_.replies.send(t, reply);
}

}  // namespace swapmasq::dhcp
