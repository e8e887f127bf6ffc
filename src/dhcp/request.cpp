// DHCPREQUEST: what is asked for, whether it can be granted, and the acknowledgement or the refusal (spec dhcpv4.md
// section 6.2).
#include <algorithm>

#include "dhcp/server.hpp"
#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {

void Engine::Server::request(Transaction& t, TimePoint now) {
  if (ignored(t)) return;
  auto demand = t.requested_address ? demand_of_known(t) : demand_of_renewing(t);
  if (!demand) return;
  log_transaction(t, "DHCPREQUEST", demand->address, "", Weight::ordinary);
  answer_request(t, *demand, now);
}

// SELECTING with a server identifier, INIT-REBOOT without.
std::optional<Engine::Server::Demand> Engine::Server::demand_of_known(Transaction& t) {
  Demand demand;
  demand.address = *t.requested_address;
  const auto* lease = lease_of(t);
  if (!t.server_identifier) {
    if (!lease && !dhcp_.authoritative) return std::nullopt;
    if (lease && lease->address != demand.address) demand.refusal = "wrong address";
    return demand;
  }
  demand.selecting = true;
  const auto id = *t.server_identifier;
  if (t.server_id_override) {
    if (id != *t.server_id_override) return std::nullopt;
  } else {
    const auto own = std::ranges::find_if(t.candidates, [&](const Range* range) { return range->local == id; });
    if (own != t.candidates.end()) {
      t.candidates.erase(t.candidates.begin(), own);
    } else if (std::ranges::find(t.tftp_addresses, id) != t.tftp_addresses.end()) {
      t.candidates.clear();
      t.local = id;
    } else if (dhcp_.authoritative) {
      demand.refusal = "wrong server-ID";
    } else {
      return std::nullopt;
    }
  }
  if (lease && lease->address != demand.address) leases_.remove(*lease);
  return demand;
}

// RENEWING or REBINDING
std::optional<Engine::Server::Demand> Engine::Server::demand_of_renewing(const Transaction& t) {
  Demand demand;
  demand.address = t.message.header.ciaddr;
  const auto* lease = lease_of(t);
  const bool unknown = lease ? lease->address != demand.address : !dhcp_.authoritative;
  if (!unknown) return demand;
  if (!t.unicast) return std::nullopt;
  demand.refusal = "lease not found";
  demand.broadcast_refusal = true;
  return demand;
}

void Engine::Server::answer_request(Transaction& t, Demand demand, TimePoint now) {
  auto* range = narrow(t.candidates, demand.address, t.all_tags);
  if (demand.refusal.empty()) demand.refusal = refusal(t, demand, range, now);
  if (demand.refusal.empty()) {
    acknowledge(t, demand, *range, now);
    return;
  }
  if (demand.rapid_commit) {
    log_transaction(t, "NOANSWER", demand.address, demand.refusal, Weight::problem);
    return;
  }
  if (!range) demand.broadcast_refusal = true;
  refuse(t, demand, range);
}

std::string_view Engine::Server::refusal(const Transaction& t, const Demand& demand, const Range* range,
                                         TimePoint now) {
  if (!range) return "wrong network";
  const auto* host = t.host;
  const bool configured = host && host->address;
  if (!available(t.candidates, demand.address, t.all_tags) && !(configured && *host->address == demand.address)) {
    return "address not available";
  }
  const auto* own = lease_of(t);
  if (!demand.selecting && configured && *host->address != demand.address && !host->declined_recently(now)) {
    const auto* holder = leases_.find(*host->address);
    const bool router = std::ranges::any_of(t.candidates, [&](const Range* r) { return r->router == *host->address; });
    if (!router && (!holder || holder == own)) return "static lease available";
  }
  if (const auto* owner = hosts_.of_address(demand.address); owner && owner != host) return "address reserved";
  if (own) return {};
  if (const auto* holder = leases_.find(demand.address)) {
    if (!host || !host->names_hardware(holder->hardware)) return "address in use";
    return {};
  }
  if (t.hardware_id.empty()) return "no unique-id";
  return leases_.full() ? "no leases left" : std::string_view{};
}

void Engine::Server::refuse(Transaction& t, const Demand& demand, const Range* range) {
  log_transaction(t, "DHCPNAK", demand.address, demand.refusal, Weight::problem);
  auto reply = start_reply(t);
  auto& header = reply.header;
  const auto id = server_id(t, range);
  const auto& request = t.message.header;
  const bool reachable = t.unicast && request.giaddr.unspecified() && !request.ciaddr.unspecified() &&
                         !demand.broadcast_refusal && range && !range->on_subnet(id);
  if (!reachable) {
    header.ciaddr = {};
    header.flags |= wire::dhcp4::broadcast_flag;
  }
  add_message_options(reply, wire::Dhcp4Type::nak, id, std::nullopt);
  auto text = to_bytes(demand.refusal);
  if (t.name.nul_terminated) text.push_back(0);
  if (!reply.add(wire::dhcp4::message_text, text)) log_.write(log::dhcp_no_space(wire::dhcp4::message_text));
  send(t, reply);
}

void Engine::Server::acknowledge(Transaction& t, const Demand& demand, const Range& range, TimePoint now) {
  const auto address = demand.address;
  const auto* lease = lease_of(t);
  if (!lease) {
    if (const auto* holder = leases_.find(address)) {
      log_.write(log::dhcp_lease_abandoned(holder->hardware.bytes(), address));
      leases_.remove(*holder);
    }
    lease = leases_.add(address);
    if (!lease) return;
  }
  const auto tags = tags_with_range(t, &range);
  log_tags(t, tags);
  const auto name = lease_name(t, address, tags);
  const auto time = lease_time(t, range);
  store_lease(*lease, t, name, time, now);
  leases_.set_server_id_override(*lease, t.server_id_override);
  log_transaction(t, "DHCPACK", address, name.name, Weight::ordinary);

  auto reply = start_reply(t);
  reply.header.yiaddr = address;
  add_message_options(reply, wire::Dhcp4Type::ack, server_id(t, &range), time);
  if (demand.rapid_commit && !reply.add(wire::dhcp4::rapid_commit, {})) {
    log_.write(log::dhcp_no_space(wire::dhcp4::rapid_commit));
  }
  const bool renewal = !t.requested_address && !demand.rapid_commit;
  add_reply_options(reply, t, {&range, name.name, address, time, renewal});
  send(t, reply);
}

}  // namespace swapmasq::dhcp
