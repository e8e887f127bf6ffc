// DHCPDECLINE, DHCPRELEASE, DHCPINFORM (spec dhcpv4.md sections 6.3 to 6.5).
#include "dhcp/server.hpp"
#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {
namespace {

constexpr std::uint32_t decline_pause = 600;  // seconds

}  // namespace

void Engine::Server::decline(Transaction& t, TimePoint now) {
  if (!t.requested_address || !our_server_id(t)) return;
  const auto address = *t.requested_address;
  const auto text = t.message.option(wire::dhcp4::message_text, 1);
  log_transaction(t, "DHCPDECLINE", address, text ? printable(*text) : "", Weight::problem);
  if (const auto* lease = lease_of(t); lease && lease->address == address) leases_.remove(*lease);
  if (t.host && t.host->address == address) {
    t.host->declined = now;
    log_.write(log::dhcp_address_disabled(address, decline_pause));
    return;
  }
  for (auto* range : t.candidates) ++range->offset;
}

void Engine::Server::release(Transaction& t) {
  const auto address = t.message.header.ciaddr;
  const auto* range = narrow(t.candidates, address, t.all_tags);
  if (!range || t.server_identifier != server_id(t, range)) return;
  const auto* lease = lease_of(t);
  if (!lease || lease->address != address) {
    log_transaction(t, "DHCPRELEASE", address, "unknown lease", Weight::problem);
    return;
  }
  leases_.remove(*lease);
  log_transaction(t, "DHCPRELEASE", address, "", Weight::ordinary);
}

void Engine::Server::inform(Transaction& t, TimePoint now) {
  const auto address = t.message.header.ciaddr;
  if (ignored(t)) {
    log_transaction(t, "DHCPINFORM", address, "ignored", Weight::ordinary);
    return;
  }
  log_transaction(t, "DHCPINFORM", address, "", Weight::ordinary);
  if (address.unspecified()) return;
  const auto* range = narrow(t.candidates, address, t.all_tags);
  const auto* own = lease_of(t);
  const auto* lease = own ? own : leases_.find(address);
  const auto name = informed_name(t, address, own);
  log_tags(t, tags_with_range(t, range));
  log_transaction(t, "DHCPACK", address, name, Weight::ordinary);

  std::optional<settings::LeaseTime> rest;
  if (lease) {
    leases_.set_interface(*lease, t.interface);
    leases_.set_server_id_override(*lease, t.server_id_override);
    if (t.requests(wire::dhcp4::lease_time)) {
      rest = lease->never_expires() ? settings::infinite_lease
                                    : static_cast<settings::LeaseTime>(lease->expires - seconds_of(now));
    }
  }
  auto reply = start_reply(t);
  add_message_options(reply, wire::Dhcp4Type::ack, server_id(t, range), rest);
  add_reply_options(reply, t, {range, name, address, std::nullopt, false});
  send(t, reply);
}

}  // namespace swapmasq::dhcp
