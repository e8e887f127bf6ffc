#include "dhcp/other_messages.hpp"

#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {
namespace {

constexpr std::uint32_t decline_pause = 600;  // seconds

}  // namespace

void decline(Server& server, const Transaction& t, TimePoint now) {
  if (!t.requested_address || t.server_identifier != t.server_id(t.candidates.front())) return;
  const auto address = *t.requested_address;
  const auto text = t.message.option(wire::dhcp4::message_text, 1);
  server.transactions.message(t, "DHCPDECLINE", address, text ? printable(*text) : "", Weight::problem);
  if (const auto* lease = server.lease_of(t); lease && lease->address == address) server.leases.remove(*lease);
  if (t.host && t.host->address == address) {
    t.host->declined = now;
    server.log.write(log::dhcp_address_disabled(address, decline_pause));
    return;
  }
  for (auto* range : t.candidates) ++range->offset;
}

void release(Server& server, const Transaction& t) {
  const auto address = t.message.header.ciaddr;
  const auto* range = narrow(t.candidates, address, t.all_tags);
  if (!range || t.server_identifier != t.server_id(range)) return;
  const auto* lease = server.lease_of(t);
  if (!lease || lease->address != address) {
    server.transactions.message(t, "DHCPRELEASE", address, "unknown lease", Weight::problem);
    return;
  }
  server.leases.remove(*lease);
  server.transactions.message(t, "DHCPRELEASE", address, "", Weight::ordinary);
}

void inform(Server& server, Transaction& t, TimePoint now) {
  const auto address = t.message.header.ciaddr;
  if (server.ignored(t)) {
    server.transactions.message(t, "DHCPINFORM", address, "ignored", Weight::ordinary);
    server.transactions.turned_away(t, TurnedAway::ignored);
    return;
  }
  server.transactions.message(t, "DHCPINFORM", address, "", Weight::ordinary);
  if (address.unspecified()) return;
  const auto* range = narrow(t.candidates, address, t.all_tags);
  const auto* own = server.lease_of(t);
  const auto* lease = own ? own : server.leases.find(address);
  const auto name = server.naming.informed(t, address, own, server.leases);
  server.transactions.tags(t, server.tags_with_range(t, range));
  server.transactions.message(t, "DHCPACK", address, name, Weight::ordinary);

  std::optional<settings::LeaseTime> rest;
  if (lease) {
    server.leases.set_interface(*lease, t.interface);
    keep_server_id_override(server.leases, *lease, t);
    if (t.requests(wire::dhcp4::lease_time)) {
      rest = lease->never_expires() ? settings::infinite_lease
                                    : static_cast<settings::LeaseTime>(lease->expires - seconds_of(now));
    }
  }
  auto reply = server.replies.start(t);
  server.replies.add_message_options(reply, wire::Dhcp4Type::ack, t.server_id(range), rest);
  server.replies.add_client_options(reply, t, {range, name, address, std::nullopt, false});
  server.replies.send(t, reply);
}

}  // namespace swapmasq::dhcp
