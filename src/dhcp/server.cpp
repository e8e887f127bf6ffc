#include "dhcp/server.hpp"

#include <algorithm>
#include <utility>

#include "dhcp/newest_first.hpp"
#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {
namespace {

constexpr Ipv4 all_ones{0xffffffffU};

}  // namespace

Engine::Server::Server(const settings::Settings& settings, LeaseStore& leases, const HostNames& names, log::Log& log,
                       Random random)
    : settings_(settings),
      dhcp_(settings.dhcp),
      leases_(leases),
      names_(names),
      log_(log),
      random_(std::move(random)),
      access_(settings.net),
      ranges_(settings.dhcp, log),
      hosts_(settings.dhcp),
      domains_(settings.dns),
      reply_options_(settings, names, log) {}

void Engine::Server::log_ranges() const {
  for (const auto& range : NewestFirst{dhcp_.ranges}) {
    switch (range.kind) {
      case settings::DhcpRange::Kind::dynamic:
        log_.write(log::dhcp_range(range.start, range.end, range.lease));
        break;
      case settings::DhcpRange::Kind::static_only:
        log_.write(log::dhcp_static_range(range.start, range.lease));
        break;
      case settings::DhcpRange::Kind::proxy:
        log_.write(log::dhcp_proxy_range(range.start));
        break;
    }
  }
}

std::vector<Action> Engine::Server::receive(const Packet& packet, const net::Interfaces& interfaces, TimePoint now) {
  domains_.learn(interfaces);
  auto t = arrive(packet, interfaces);
  if (!t) return {};
  t->received = now;
  leases_.remove_expired(seconds_of(now));
  if (readable(*t)) {
    read_fields(*t);
    if (select_ranges(*t)) dispatch(std::move(t), now);
  }
  return finish();
}

std::vector<Action> Engine::Server::finish() {
  auto actions = std::exchange(actions_, {});
  const auto changes = leases_.take_changes();
  if (changes.file || changes.names) actions.insert(actions.begin(), LeasesChanged{changes.file, changes.names});
  return actions;
}

const net::Interface* Engine::Server::bridged(const net::Interfaces& interfaces, const net::Interface& arrival) {
  for (const auto& line : NewestFirst{dhcp_.bridge_interfaces}) {
    if (std::ranges::none_of(line.aliases, [&](const auto& a) { return net::matches_pattern(a, arrival.name); })) {
      continue;
    }
    const auto* bridge = net::find_interface(interfaces, line.interface);
    if (!bridge) log_.write(log::dhcp_unknown_bridge(line.interface));
    return bridge;
  }
  return &arrival;
}

Engine::Server::TransactionPtr Engine::Server::arrive(const Packet& packet, const net::Interfaces& interfaces) {
  auto t = std::make_unique<Transaction>();
  t->datagram.assign(packet.bytes.begin(), packet.bytes.end());
  const auto message = wire::Dhcp4Message::parse(t->datagram);
  if (!message) return nullptr;
  t->message = *message;
  auto& header = t->message.header;

  const auto* arrival = net::find_interface(interfaces, packet.interface_index);
  if (!arrival) return nullptr;
  t->arrival_interface = arrival->index;
  t->source = packet.source;
  t->unicast = packet.destination != all_ones;
  t->pxe_port = packet.pxe_port;
  if (header.giaddr == all_ones) {
    t->reply_to_source = true;
    header.giaddr = {};
  }
  t->loopback = header.giaddr.unspecified() && arrival->loopback;

  const auto* interface = bridged(interfaces, *arrival);
  if (!interface) return nullptr;
  t->interface = interface->name;
  if (!interface->primary_ipv4()) {
    if (access_.accepts(interface->name, interface->loopback, Ipv4{})) {
      log_.write(log::dhcp_no_address(interface->name));
    }
    return nullptr;
  }
  if (access_.dhcp4_forbidden(interface->name)) return nullptr;
  const auto local = access_.dhcp4_local_address(*interface);
  if (!local) return nullptr;
  t->local = local->address.v4();
  t->candidates = ranges_.of_interface(interfaces, *interface, t->local);

  if (settings_.tftp.enabled) {
    for (const auto& each : interfaces) {
      for (const auto& address : each.addresses) {
        if (address.address.is_v4() && access_.accepts(each.name, each.loopback, address.address)) {
          t->tftp_addresses.push_back(address.address.v4());
        }
      }
    }
  }
  return t;
}

bool Engine::Server::readable(Transaction& t) const {
  const auto& header = t.message.header;
  if (header.op != wire::dhcp4::boot_request || header.hlen > header.chaddr.size()) return false;
  if (header.htype == 0 && header.hlen != 0) return false;
  t.type = t.message.type();
  const bool has_type = t.message.option(wire::dhcp4::message_type, 1).has_value();
  return !has_type || t.message.has_cookie();
}

void Engine::Server::dispatch(TransactionPtr t, TimePoint now) {
  using Type = wire::Dhcp4Type;
  set_tags(*t);
  find_host(*t);
  if (t->type == Type::bootp) {
    bootp(std::move(t), now);
    return;
  }
  find_host_by_name(*t);
  t->all_tags = t->tags.with(settings_.dhcp_matching.tag_ifs);
  if (handle_pxe(*t)) return;
  switch (t->type) {
    case Type::discover:
      discover(std::move(t), now);
      break;
    case Type::request:
      request(*t, now);
      break;
    case Type::decline:
      decline(*t, now);
      break;
    case Type::release:
      release(*t);
      break;
    case Type::inform:
      inform(*t, now);
      break;
    default:
      break;
  }
}

std::vector<Action> Engine::Server::tick(TimePoint now) {
  leases_.remove_expired(seconds_of(now));
  while (!delayed_.empty() && delayed_.front().due <= now) {
    auto reply = std::move(delayed_.front());
    delayed_.pop_front();
    if (reply.finished) {
      actions_.emplace_back(std::move(*reply.finished));
    } else {
      send_offer(*reply.transaction, now);
    }
  }
  return finish();
}

std::optional<TimePoint> Engine::Server::next_event() const {
  std::optional<TimePoint> next;
  if (const auto expiry = leases_.next_expiry()) next = at_seconds(*expiry);
  if (!delayed_.empty() && (!next || delayed_.front().due < *next)) next = delayed_.front().due;
  return next;
}

std::vector<Action> Engine::Server::hosts_reloaded(const net::Interfaces& interfaces) {
  domains_.learn(interfaces);
  if (settings_.dns.enabled()) hosts_.take_addresses(names_, log_);
  std::vector<const Lease*> all;
  leases_.for_each([&](const Lease& lease) { all.push_back(&lease); });
  const TagSet no_tags;
  for (const auto* lease : all) {
    const auto domain = domain_of(lease->address);
    const auto* host = hosts_.find({lease->hardware, lease->client_id, no_tags, nullptr});
    const bool host_names_it =
        host && !host->config->name.empty() && (!host->address || *host->address == lease->address);
    const auto name = host_names_it ? host->config->name : hosts_file_name(lease->address);
    if (!name.empty()) leases_.set_name(*lease, name, domain, true);
    leases_.set_domain(*lease, domain);
  }
  return finish();
}

}  // namespace swapmasq::dhcp
