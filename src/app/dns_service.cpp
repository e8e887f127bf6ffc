#include "app/dns_service.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

#include "app/random.hpp"
#include "config/build.hpp"
#include "grammar/name.hpp"
#include "log/daemon_lines.hpp"
#include "net/access.hpp"
#include "upstream/cares_upstream.hpp"
#include "wire/dns_message.hpp"

namespace swapmasq::app {

namespace {

// What the reference adds to edns-packet-max for the largest message that it reads (spec dns-forwarding.md section 8).
constexpr std::size_t message_slack = 265;

// A query that will be answered in some way, so that the next one of a connection can wait for that.
bool is_query(ByteView message) { return message.size() >= wire::dns_header_size && (message[2] & 0x80) == 0; }

}  // namespace

DnsService::DnsService(io::Loop& loop, const settings::Settings& settings, io::InterfaceMonitor& interfaces,
                       log::Log& log, DnsTeam& team, unsigned member)
    : loop_(loop),
      settings_(settings),
      monitor_(interfaces),
      interfaces_(interfaces.current()),
      log_(log),
      team_(team),
      member_(member),
      engine_(settings.dns, {.log = log,
                             .random = random_u32,
                             .canonicalise = grammar::canonical_name,
                             .version = std::string{config::dnsmasq_level},
                             .others = team.others_of(member),
                             .first_serial = member + 1,
                             .serial_step = team.size(),
                             .heard = query_dump()}),
      upstream_(std::make_unique<upstream::CaresUpstream>(loop.context(), *this, random_u32,
                                                          team.dump() != nullptr ? this : nullptr)),
      timer_(loop,
             [this] {
               armed_.reset();
               engine_.tick(io::Loop::now(), actions_);
               perform();
             }),
      tcp_(
          loop,
          {.connections = settings.dns.max_tcp_connections, .largest = settings.dns.edns_packet_max + message_slack},
          [this](io::MessageConnection& connection) { return admits_connection(connection); },
          [this](const io::MessageServer::Connection& connection, ByteView message) {
            receive_tcp(connection, message);
          }) {
  engine_.set_interfaces(interfaces_);
}

DnsService::~DnsService() = default;

// Nothing when there is no dump.
std::function<void(const dns::Query&, std::uint32_t)> DnsService::query_dump() {
  if (team_.dump() == nullptr) return nullptr;
  return [this](const dns::Query& query, std::uint32_t serial) {
    if (query.client.tcp) return;
    team_.dump()->packet(dump::PacketKind::client_query, query.client.endpoint,
                         sockets_.at(query.client.listener).socket.local(), query.message, serial);
  };
}

void DnsService::serve(std::vector<DnsSockets> sockets) {
  for (auto& pair : sockets) {
    const auto handle = next_handle_++;
    auto& udp = sockets_.emplace(handle, Udp{pair.listener, std::move(pair.udp), {}}).first->second;
    udp.watch = loop_.watch_readable(udp.socket.fd(), [this, handle] { receive(handle); });
    if (pair.tcp) tcp_.serve(handle, std::move(pair.tcp));
  }
  std::vector<IpAddress> own;
  for (const auto& [handle, udp] : sockets_) {
    if (!udp.listener.local.address.unspecified()) own.push_back(udp.listener.local.address);
  }
  if (settings_.net.binding == settings::Net::Binding::wildcard) {
    const net::Access access{settings_.net};
    for (const auto& interface : *interfaces_) {
      for (const auto& address : interface.addresses) {
        if (access.accepts(address.label, interface.loopback, address.address)) own.push_back(address.address);
      }
    }
  }
  engine_.set_listen_addresses(std::move(own));
}

void DnsService::keep_only(const std::vector<Listener>& wanted) {
  for (auto socket = sockets_.begin(); socket != sockets_.end();) {
    if (std::find(wanted.begin(), wanted.end(), socket->second.listener) == wanted.end()) {
      tcp_.stop(socket->first);
      socket = sockets_.erase(socket);
    } else {
      ++socket;
    }
  }
}

void DnsService::change(const std::function<void(dns::Engine&)>& how) {
  how(engine_);
  arm_timer();
}

void DnsService::refresh_interfaces() {
  auto current = monitor_.current();
  if (current == interfaces_) return;
  interfaces_ = std::move(current);
  engine_.set_interfaces(interfaces_);
}

bool DnsService::admits(const Listener& listener, unsigned interface_index, const IpAddress& local) const {
  if (settings_.net.binding == settings::Net::Binding::interfaces && listener.local.address.is_v4()) return true;
  const auto* arrival = net::find_interface(*interfaces_, interface_index);
  return arrival && net::Access{settings_.net}.accepts_arrival(*interfaces_, *arrival, local, true);
}

bool DnsService::admits_source(const IpAddress& source, bool udp) {
  if (settings_.net.local_service != settings::Net::LocalService::net) return true;
  for (const auto& interface : *interfaces_) {
    for (const auto& address : interface.addresses) {
      if (source.in_prefix(address.address, address.prefix_length)) return true;
    }
  }
  if (!udp) {
    log_.write(log::non_local_query(source.to_string()));
  } else if (team_.first_non_local()) {
    log_.write(log::non_local_query_once(source.to_string()));
  }
  return false;
}

void DnsService::receive(std::uint64_t handle) {
  refresh_interfaces();
  const auto now = io::Loop::now();
  auto& udp = sockets_.at(handle);
  const auto received = udp.socket.receive([&](const io::Datagram& datagram) {
    const auto local = datagram.destination.value_or(udp.listener.local.address);
    const auto interface = datagram.interface_index != 0 ? datagram.interface_index : udp.listener.interface_index;
    if (!admits(udp.listener, interface, local)) return;
    if (is_query(datagram.bytes) && !admits_source(datagram.source.address, true)) return;
    engine_.receive({.message = datagram.bytes,
                     .client = {.endpoint = datagram.source,
                                .local = local,
                                .interface_index = interface,
                                .listener = handle,
                                .tcp = false}},
                    now, actions_);
  });
  perform();
  // What others want of this loop gathers, too.
  if (const auto rest = pace_.rest_after(received, now); rest.count() > 0) std::this_thread::sleep_for(rest);
}

bool DnsService::admits_connection(io::MessageConnection& connection) {
  refresh_interfaces();
  if (settings_.net.binding == settings::Net::Binding::wildcard) {
    const auto& local = connection.local().address;
    const auto index = connection.arrival_interface();
    const auto* arrival = index != 0 ? net::find_interface(*interfaces_, index) : net::find_owner(*interfaces_, local);
    if (!arrival || !net::Access{settings_.net}.accepts_arrival(*interfaces_, *arrival, local, false)) return false;
  }
  if (!admits_source(connection.peer().address, false)) return false;
  connection.last_serial = engine_.reserve_serials();
  return true;
}

void DnsService::receive_tcp(const io::MessageServer::Connection& connection, ByteView message) {
  // Of queries that are never answered only the end of their connection remains.
  if (connections_.size() > std::size_t{2} * settings_.dns.max_tcp_connections) {
    std::erase_if(connections_, [](const auto& entry) { return entry.second.expired(); });
  }
  const auto handle = next_handle_++;
  connections_.emplace(handle, connection);
  engine_.receive({.message = message,
                   .client = {.endpoint = connection->peer(),
                              .local = connection->local().address,
                              .listener = handle,
                              .tcp = true},
                   .last_serial = &connection->last_serial},
                  io::Loop::now(), actions_);
  perform();
}

void DnsService::perform() {
  auto actions = std::exchange(actions_, std::exchange(spare_, {}));
  answer(actions.replies);
  for (const auto& client : actions.unanswered) {
    if (const auto connection = take_connection(client.listener)) connection->resume();
  }
  for (const auto& client : actions.dropped) {
    if (const auto connection = take_connection(client.listener)) connection->close();
  }
  for (const auto id : actions.cancels) upstream_->cancel(id);
  upstream_->send(actions.sends);
  actions.clear();
  spare_ = std::move(actions);
  team_.publish(member_, engine_);
  arm_timer();
}

void DnsService::arm_timer() {
  const auto next = engine_.next_event();
  if (next == std::exchange(armed_, next)) return;
  if (next) {
    timer_.set(*next);
  } else {
    timer_.cancel();
  }
}

io::MessageServer::Connection DnsService::take_connection(std::uint64_t handle) {
  const auto node = connections_.extract(handle);
  return node.empty() ? nullptr : node.mapped().lock();
}

// Replies that leave by one socket leave together.
void DnsService::answer(std::span<const dns::Reply> replies) {
  together_.clear();
  for (auto reply = replies.begin(); reply != replies.end(); ++reply) {
    const auto& client = reply->client;
    if (client.tcp) {
      answer_tcp(*reply);
      continue;
    }
    // IPv4 is routed by the source address; IPv6 link-local addresses mean nothing without their interface.
    const unsigned interface = client.local.is_v4() ? 0 : client.interface_index;
    if (const auto udp = sockets_.find(client.listener); team_.dump() != nullptr && udp != sockets_.end()) {
      team_.dump()->packet(dump::PacketKind::client_reply, udp->second.socket.local(), client.endpoint, reply->message,
                           reply->serial);
    }
    together_.push_back({reply->message, client.endpoint, {.source = client.local, .interface_index = interface}});
    const auto next = std::next(reply);
    if (next == replies.end() || next->client.listener != client.listener) {
      send_together(client.listener);
      together_.clear();
    }
  }
}

void DnsService::send_together(std::uint64_t listener) {
  const auto udp = sockets_.find(listener);
  if (udp == sockets_.end()) return;
  udp->second.socket.send_batch(together_, [this](std::size_t, int error) {
    if (error != EINVAL) log_.write(log::failed_to_send_packet(strerror(error)));
  });
}

void DnsService::answer_tcp(const dns::Reply& reply) {
  const auto connection = take_connection(reply.client.listener);
  if (!connection) return;
  connection->send(reply.message);
  connection->resume();
}

void DnsService::reply(dns::SendId id, ByteView message) {
  engine_.upstream_reply(id, message, io::Loop::now(), actions_);
}

void DnsService::failed(dns::SendId id, dns::SendFailure failure) {
  engine_.upstream_failed(id, failure, io::Loop::now(), actions_);
}

void DnsService::settled() { perform(); }

void DnsService::leaves(dns::SendId id, const Endpoint& local, const Endpoint& server, ByteView message) {
  team_.dump()->packet(dump::PacketKind::upstream_query, local, server, message, engine_.serial_of(id));
}

void DnsService::arrived(dns::SendId id, const Endpoint& local, const Endpoint& server, ByteView message) {
  team_.dump()->packet(dump::PacketKind::upstream_reply, server, local, message, engine_.serial_of(id));
}

}  // namespace swapmasq::app
