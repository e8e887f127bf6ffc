#include "dhcp/discover.hpp"

#include <utility>

namespace swapmasq::dhcp {

void Discover::handle(TransactionPtr t, TimePoint now) {
  if (server_.ignored(*t)) {
    server_.transactions.turned_away(*t, TurnedAway::ignored);
    if (!server_.dhcp.quiet) {
      server_.transactions.message(*t, "DHCPDISCOVER", std::nullopt, "ignored", Weight::ordinary);
    }
    return;
  }
  resume(std::move(t), now);
}

void Discover::resume(TransactionPtr t, TimePoint now) {
  using State = Allocation::Choice::State;
  const auto choice = server_.allocation.choose(*t, now);
  switch (choice.state) {
    case State::waiting:
      server_.wait(std::move(t), choice);
      break;
    case State::found:
      server_.transactions.message(*t, "DHCPDISCOVER", t->requested_address, "", Weight::ordinary);
      offer(std::move(t), now);
      break;
    case State::none: {
      const auto* reason = t->hardware_id.empty() ? "no unique-id" : "no address available";
      server_.transactions.message(*t, "DHCPDISCOVER", t->requested_address, reason, Weight::problem);
      server_.transactions.turned_away(*t, TurnedAway::no_address);
      break;
    }
  }
}

void Discover::offer(TransactionPtr t, TimePoint now) {
  const auto* range = narrow(t->candidates, *t->offered, t->all_tags);
  if (!range) return;
  const auto delay = server_.delayed.delay(server_.tags_with_range(*t, range));
  if (delay == 0) {
    send_offer(*t, now);
  } else {
    server_.delayed.hold_offer(std::move(t), delay);
  }
}

void Discover::send_offer(Transaction& t, TimePoint now) {
  const auto address = *t.offered;
  const auto* range = narrow(t.candidates, address, t.all_tags);
  if (!range) return;
  if (server_.dhcp.rapid_commit && t.message.option(wire::dhcp4::rapid_commit, 0)) {
    request_.commit_rapidly(t, address, now);
    return;
  }
  server_.transactions.tags(t, server_.tags_with_range(t, range));
  server_.transactions.message(t, "DHCPOFFER", address, "", Weight::ordinary);

  const auto lease = lease_time(t, *range);
  auto reply = server_.replies.start(t);
  reply.header.yiaddr = address;
  server_.replies.add_message_options(reply, wire::Dhcp4Type::offer, t.server_id(range), lease);
  server_.replies.add_client_options(reply, t, {range, Naming::offered(t), address, lease, false});
  server_.replies.send(t, reply);
}

}  // namespace swapmasq::dhcp
