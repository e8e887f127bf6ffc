// The way of a message: Arrival -> Identification -> the handler of its type -> actions.
#include "dhcp/engine.hpp"

#include <utility>

#include "dhcp/arrival.hpp"
#include "dhcp/bootp.hpp"
#include "dhcp/discover.hpp"
#include "dhcp/identification.hpp"
#include "dhcp/lease_query.hpp"
#include "dhcp/newest_first.hpp"
#include "dhcp/other_messages.hpp"
#include "dhcp/pxe.hpp"
#include "dhcp/relay.hpp"
#include "dhcp/request.hpp"
#include "dhcp/server.hpp"
#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {

struct Engine::Parts {
  Parts(const settings::Settings& settings, LeaseStore& leases, const HostNames& names, log::Log& log, Random random,
        Audience* audience)
      : server(settings, leases, names, log, std::move(random), audience != nullptr ? *audience : nobody),
        relay(settings.dhcp, log),
        arrival(settings, server.ranges, log),
        identification(settings, leases, server.ranges, server.hosts, server.pxe_menu, server.transactions, log) {}

  void dispatch(TransactionPtr t, TimePoint now);

  Audience nobody;
  Server server;
  Relay relay;
  Arrival arrival;
  Identification identification;
  Pxe pxe{server};
  Bootp bootp{server};
  LeaseQuery lease_query{server};
  Request request{server};
  Discover discover{server, request};
};

Engine::Engine(const settings::Settings& settings, LeaseStore& leases, const HostNames& names, log::Log& log,
               Random random, Audience* audience)
    : parts_(std::make_unique<Parts>(settings, leases, names, log, std::move(random), audience)) {}

Engine::~Engine() = default;

void Engine::log_ranges() const {
  auto& log = parts_->server.log;
  for (const auto& range : NewestFirst{parts_->server.dhcp.ranges}) {
    switch (range.kind) {
      case settings::DhcpRange::Kind::dynamic:
        log.write(log::dhcp_range(range.start, range.end, range.lease));
        break;
      case settings::DhcpRange::Kind::static_only:
        log.write(log::dhcp_static_range(range.start, range.lease));
        break;
      case settings::DhcpRange::Kind::proxy:
        log.write(log::dhcp_proxy_range(range.start));
        break;
    }
  }
  parts_->relay.log_relays();
}

std::vector<Action> Engine::receive(const Packet& packet, const net::Interfaces& interfaces, TimePoint now) {
  auto& server = parts_->server;
  server.naming.learn_domains(interfaces);
  if (auto reply = parts_->relay.to_client(packet, interfaces)) return {*std::move(reply)};
  auto t = parts_->arrival.receive(packet, interfaces, now);
  if (!t) return {};
  for (auto& copy : parts_->relay.to_servers(*t, interfaces)) server.actions.emplace_back(std::move(copy));
  if (server.dhcp.ranges.empty()) return finish();
  server.leases.remove_expired(seconds_of(now));
  if (parts_->identification.identify(*t)) parts_->dispatch(std::move(t), now);
  return finish();
}

void Engine::Parts::dispatch(TransactionPtr t, TimePoint now) {
  using Type = wire::Dhcp4Type;
  if (t->type == Type::bootp) {
    bootp.handle(std::move(t), now);
    return;
  }
  if (t->type == Type::lease_query) {
    if (!t->pxe_port) lease_query.handle(*t, now);
    return;
  }
  if (pxe.handle(t)) return;
  switch (t->type) {
    case Type::discover:
      discover.handle(std::move(t), now);
      break;
    case Type::request:
      request.handle(*t, now);
      break;
    case Type::decline:
      decline(server, *t, now);
      break;
    case Type::release:
      release(server, *t);
      break;
    case Type::inform:
      inform(server, *t, now);
      break;
    default:
      break;
  }
}

std::vector<Action> Engine::ping_finished(PingId id, bool answered, TimePoint now) {
  auto& server = parts_->server;
  auto waiting = server.allocation.check_finished(id, answered, now);
  if (waiting.empty()) return {};
  server.leases.remove_expired(seconds_of(now));
  for (auto& t : waiting) {
    if (t->type == wire::Dhcp4Type::bootp) {
      parts_->bootp.resume(std::move(t), now);
    } else {
      parts_->discover.resume(std::move(t), now);
    }
  }
  return finish();
}

std::vector<Action> Engine::tick(TimePoint now) {
  auto& server = parts_->server;
  server.leases.remove_expired(seconds_of(now));
  while (auto held = server.delayed.take_due(now)) {
    if (held->reply) {
      server.replies.send(*held->transaction, *held->reply);
    } else {
      parts_->discover.send_offer(*held->transaction, now);
    }
  }
  return finish();
}

std::optional<TimePoint> Engine::next_event() const {
  const auto expiry = parts_->server.leases.next_expiry();
  const auto reply = parts_->server.delayed.next_event();
  if (!expiry) return reply;
  const auto end = at_seconds(*expiry);
  return reply && *reply < end ? reply : end;
}

void Engine::set_host_lines(const std::vector<HostLine>& lines) { parts_->server.hosts.replace(lines); }

void Engine::set_option_lines(std::vector<settings::DhcpOption> lines) {
  parts_->server.configured_options.set_lines(std::move(lines));
}

std::vector<Action> Engine::hosts_reloaded(const net::Interfaces& interfaces) {
  auto& server = parts_->server;
  server.naming.learn_domains(interfaces);
  server.naming.hosts_reloaded(server.hosts, server.leases);
  return finish();
}

void Engine::find_interfaces(const net::Interfaces& interfaces) {
  auto& leases = parts_->server.leases;
  std::vector<const Lease*> all;
  leases.for_each([&](const Lease& lease) { all.push_back(&lease); });
  for (const auto* lease : all) {
    const net::Interface* nearest = nullptr;
    unsigned longest = 0;
    for (const auto& interface : interfaces) {
      for (const auto& own : interface.addresses) {
        if (own.prefix_length < longest || !IpAddress{lease->address}.in_prefix(own.address, own.prefix_length))
          continue;
        nearest = &interface;
        longest = own.prefix_length;
      }
    }
    if (nearest) leases.set_interface(*lease, nearest->name);
  }
}

// The actions of this event, with the changed leases in front.
std::vector<Action> Engine::finish() {
  auto actions = std::exchange(parts_->server.actions, {});
  auto changes = parts_->server.leases.take_changes();
  if (changes.any()) actions.emplace(actions.begin(), std::move(changes));
  return actions;
}

}  // namespace swapmasq::dhcp
