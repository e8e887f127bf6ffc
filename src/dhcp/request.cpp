#include "dhcp/request.hpp"

#include <algorithm>

#include "dhcp/client_data.hpp"
#include "dhcp/put_option.hpp"
#include "dhcp/relay_agent.hpp"

namespace swapmasq::dhcp {

void Request::handle(Transaction& t, TimePoint now) {
  if (server_.ignored(t)) {
    server_.transactions.turned_away(t, TurnedAway::ignored);
    return;
  }
  auto demand = t.requested_address ? demand_of_known(t) : demand_of_renewing(t);
  if (!demand) return;
  server_.transactions.message(t, "DHCPREQUEST", demand->address, "", Weight::ordinary);
  answer(t, *demand, now);
}

void Request::commit_rapidly(Transaction& t, Ipv4 address, TimePoint now) {
  answer(t, {.address = address, .own = lease_on(address, t), .selecting = true, .rapid_commit = true}, now);
}

// SELECTING with a server identifier, INIT-REBOOT without.
std::optional<Request::Demand> Request::demand_of_known(Transaction& t) {
  Demand demand;
  demand.address = *t.requested_address;
  if (!t.server_identifier) {
    demand.own = server_.lease_of(t);
    if (!demand.own && !server_.dhcp.authoritative) return std::nullopt;
    if (demand.own && demand.own->address != demand.address) demand.refusal = "wrong address";
    return demand;
  }
  demand.selecting = true;
  if (!narrow_to_chosen_server(t)) {
    if (t.server_id_override || !server_.dhcp.authoritative) return std::nullopt;
    demand.refusal = "wrong server-ID";
  }
  demand.own = lease_on(demand.address, t);
  return demand;
}

// The client's lease, if it is on this address. One on another is given up, and none takes its place.
const Lease* Request::lease_on(Ipv4 address, const Transaction& t) {
  const auto* own = server_.lease_of(t);
  if (!own || own->address == address) return own;
  server_.leases.remove(*own);
  return nullptr;
}

// False: option 54 names another server. Else only what that address serves counts from here on.
bool Request::narrow_to_chosen_server(Transaction& t) {
  const auto id = *t.server_identifier;
  if (t.server_id_override) return id == *t.server_id_override;
  const auto own = std::ranges::find_if(t.candidates, [&](const Range* range) { return range->local == id; });
  if (own != t.candidates.end()) {
    t.candidates.erase(t.candidates.begin(), own);
    return true;
  }
  t.candidates.clear();
  if (std::ranges::find(t.tftp_addresses, id) == t.tftp_addresses.end()) return false;
  t.local = id;
  return true;
}

// RENEWING or REBINDING
std::optional<Request::Demand> Request::demand_of_renewing(const Transaction& t) {
  Demand demand;
  demand.address = t.message.header.ciaddr;
  demand.own = server_.lease_of(t);
  const bool unknown = demand.own ? demand.own->address != demand.address : !server_.dhcp.authoritative;
  if (!unknown) return demand;
  if (!t.unicast) return std::nullopt;
  demand.refusal = "lease not found";
  demand.broadcast_refusal = true;
  return demand;
}

void Request::answer(Transaction& t, Demand demand, TimePoint now) {
  // What is refused already is refused by the first of the ranges.
  const auto* range = t.candidates.empty() ? nullptr : t.candidates.front();
  if (demand.refusal.empty()) {
    range = narrow(t.candidates, demand.address, t.all_tags);
    demand.refusal = refusal(t, demand, range, now);
  }
  if (range && demand.refusal.empty()) {
    acknowledge(t, demand, *range, now);
    return;
  }
  if (demand.rapid_commit) {
    server_.transactions.message(t, "NOANSWER", demand.address, demand.refusal, Weight::problem);
    return;
  }
  if (!range) demand.broadcast_refusal = true;
  refuse(t, demand, range);
}

std::string_view Request::refusal(const Transaction& t, const Demand& demand, const Range* range, TimePoint now) {
  if (!range) return "wrong network";
  const auto& host = t.host;
  const auto configured = t.configured_address();
  if (!available(t.candidates, demand.address, t.all_tags) && configured != demand.address) {
    return "address not available";
  }
  if (!demand.selecting && configured && configured != demand.address &&
      configured_address_is_free(t, demand.own, now)) {
    return "static lease available";
  }
  if (const auto owner = server_.hosts.of_address(demand.address); owner && owner != host) return "address reserved";
  const auto* holder = server_.leases.find(demand.address);
  if (!demand.own && holder && (!host || !host->names_hardware(holder->hardware))) return "address in use";
  if (t.hardware_id.empty()) return "no unique-id";
  return !holder && server_.leases.full() ? "no leases left" : std::string_view{};
}

bool Request::configured_address_is_free(const Transaction& t, const Lease* own, TimePoint now) {
  const auto address = *t.configured_address();
  if (t.host->declined_recently(now) || t.candidates.front()->router == address) return false;
  const auto* holder = server_.leases.find(address);
  return !holder || holder == own;
}

void Request::refuse(Transaction& t, const Demand& demand, const Range* range) {
  server_.transactions.message(t, "DHCPNAK", demand.address, demand.refusal, Weight::problem);
  auto reply = server_.replies.start(t);
  auto& header = reply.header;
  header.yiaddr = {};
  const auto id = t.server_id(range);
  const auto& request = t.message.header;
  const bool reachable = t.unicast && request.giaddr.unspecified() && !request.ciaddr.unspecified() &&
                         !demand.broadcast_refusal && range && !range->on_subnet(range->local);
  if (!reachable) {
    header.ciaddr = {};
    header.flags |= wire::dhcp4::broadcast_flag;
  }
  server_.replies.add_message_options(reply, wire::Dhcp4Type::nak, id, std::nullopt);
  put_text(reply, wire::dhcp4::message_text, demand.refusal, t.name.nul_terminated, server_.log);
  server_.replies.send(t, reply);
}

// The client's own, that of somebody else who may have it no longer, or a new one. Null: the store is full.
const Lease* Request::take_lease(const Demand& demand) {
  if (demand.own) return demand.own;
  if (const auto* holder = server_.leases.find(demand.address)) {
    server_.log.write(log::dhcp_lease_abandoned(holder->hardware.bytes(), demand.address));
    return holder;
  }
  return server_.leases.add(demand.address);
}

// For leasequery; what the client or its relay leaves out this time is kept.
void Request::keep_query_data(const Transaction& t, const Lease& lease) {
  if (!server_.dhcp.leasequery) {
    server_.leases.set_query_data(lease, {}, {});
    return;
  }
  const Bytes agent_info = lease.agent_info, vendor_class = lease.vendor_class;
  const auto sent = t.echo_agent_information ? t.agent_information : ByteView{};
  server_.leases.set_query_data(lease, sent.empty() ? agent_info : sent,
                                t.vendor_class.empty() ? vendor_class : t.vendor_class);
}

void Request::acknowledge(Transaction& t, const Demand& demand, const Range& range, TimePoint now) {
  const auto address = demand.address;
  const bool known = server_.leases.find(address) != nullptr;
  const auto* lease = take_lease(demand);
  if (!lease) return;
  const auto tags = server_.tags_with_range(t, &range);
  server_.transactions.tags(t, tags);
  const auto name = server_.naming.leased(t, address, tags);
  const auto time = lease_time(t, range);
  grant_lease(server_.leases, *lease, t, name, server_.naming.domain_of(address), time, now);
  if (const auto relay = t.message.header.giaddr; !relay.unspecified()) server_.leases.set_relay(*lease, relay);
  keep_server_id_override(server_.leases, *lease, t);
  if (server_.leases.has_audience() && (!known || (t.requested_address && !demand.rapid_commit))) {
    server_.leases.client_heard(*lease, client_data(t, tags));
  }
  keep_query_data(t, *lease);
  server_.transactions.message(t, "DHCPACK", address, name.name, Weight::ordinary);

  auto reply = server_.replies.start(t);
  reply.header.yiaddr = address;
  server_.replies.add_message_options(reply, wire::Dhcp4Type::ack, t.server_id(&range), time);
  if (demand.rapid_commit) put_option(reply, wire::dhcp4::rapid_commit, {}, server_.log);
  const bool renewal = !t.requested_address && !demand.rapid_commit;
  server_.replies.add_client_options(reply, t, {&range, name.name, address, time, renewal});
  server_.replies.send(t, reply);
}

}  // namespace swapmasq::dhcp
