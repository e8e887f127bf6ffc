#include "app/tftp_service.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <sys/resource.h>
#include <utility>

#include "io/socket_address.hpp"
#include "log/daemon_lines.hpp"
#include "net/access.hpp"

namespace swapmasq::app {

namespace {

// ACKs and ERRORs are small, and come one at a time.
constexpr std::size_t transfer_datagram = 512;

using Clock = std::chrono::steady_clock;
constexpr std::chrono::microseconds longest_look{30};
constexpr std::chrono::microseconds longest_turn{500};

// After so many packets a transfer is a long one, for which a socket more is worth its while.
constexpr unsigned many = 32;

std::int64_t open_file_limit() {
  rlimit limit{};
  return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<std::int64_t>(limit.rlim_cur) : 1024;
}

// With the port that the kernel has chosen.
Endpoint end_of(const io::UdpSocket& socket) { return io::local_endpoint(socket.fd()).value_or(socket.local()); }

}  // namespace

TftpService::TftpService(io::Loop& loop, const settings::Settings& settings, io::InterfaceMonitor& interfaces,
                         const tftp::Neighbours& neighbours, log::Log& log, dump::PacketDump* dump,
                         tftp::Audience* audience)
    : loop_(loop),
      settings_(settings),
      monitor_(interfaces),
      log_(log),
      dump_(dump),
      limit_(tftp::transfer_limit(settings.tftp, settings.dns, open_file_limit())),
      further_sockets_(tftp::further_sockets(limit_, open_file_limit())),
      server_(settings.tftp, {.max_transfers = limit_, .edns_packet_max = settings.dns.edns_packet_max}, *this, files_,
              neighbours, log, audience),
      timer_(loop, [this] {
        armed_.reset();
        server_.tick(io::Loop::now());
        settle();
      }) {}

void TftpService::check_roots() { missing_ = tftp::check_roots(settings_.tftp, files_); }

void TftpService::log_startup() { tftp::log_startup(settings_.tftp, missing_, limit_, log_); }

void TftpService::serve(std::vector<TftpSocket> sockets) {
  for (auto& socket : sockets) {
    const auto handle = next_handle_++;
    auto& port = ports_.emplace(handle, Port69{socket.listener, std::move(socket.udp), {}}).first->second;
    port.watch = loop_.watch_readable(port.socket.fd(), [this, handle] { receive_requests(handle); });
  }
}

void TftpService::keep_only(const std::vector<Listener>& wanted) {
  std::erase_if(ports_, [&](const auto& port) {
    return std::find(wanted.begin(), wanted.end(), port.second.listener) == wanted.end();
  });
}

bool TftpService::admits(const Listener& listener, const net::Interface* arrival, const IpAddress& local,
                         const net::Interfaces& interfaces) const {
  if (settings_.net.binding == settings::Net::Binding::interfaces && listener.local.address.is_v4()) return true;
  return arrival && net::Access{settings_.net}.accepts_tftp_arrival(settings_.tftp, interfaces, *arrival, local);
}

void TftpService::receive_requests(unsigned handle) {
  const auto interfaces = monitor_.current();
  const auto now = io::Loop::now();
  auto& port = ports_.at(handle);
  port.socket.receive([&](const io::Datagram& datagram) {
    const auto local = datagram.destination.value_or(port.listener.local.address);
    const auto index = datagram.interface_index != 0 ? datagram.interface_index : port.listener.interface_index;
    const auto* arrival = net::find_interface(*interfaces, index);
    if (!admits(port.listener, arrival, local, *interfaces)) return;
    if (dump_) dump_->packet(dump::PacketKind::tftp, datagram.source, port.socket.local(), datagram.bytes);
    server_.receive_request(
        {.octets = datagram.bytes, .peer = datagram.source, .local = local, .interface = arrival, .listener = handle},
        now);
  });
  settle();
}

bool TftpService::receive_once(tftp::TransferId id) {
  const auto transfer = transfers_.find(id);
  return transfer != transfers_.end() && receive_from(transfer->second.socket, id);
}

bool TftpService::receive_from(io::UdpSocket& socket, tftp::TransferId id) {
  const auto now = io::Loop::now();
  const auto received = socket.receive([&](const io::Datagram& datagram) {
    if (dump_) dump_->packet(dump::PacketKind::tftp, datagram.source, end_of(socket), datagram.bytes);
    server_.receive(id, datagram.bytes, datagram.source, now);
  });
  return received > 0;
}

void TftpService::connect(tftp::TransferId id, Transfer& transfer, const Endpoint& client) {
  if (further_sockets_ == 0) return;
  auto others = transfer.socket.connect(client);
  if (!others) return;
  --further_sockets_;
  auto& socket = transfer.others.emplace(std::move(*others));
  transfer.others_watch = loop_.watch_readable(socket.fd(), [this, id] {
    receive_from(*transfers_.at(id).others, id);
    settle();
  });
}

bool TftpService::look_out(tftp::TransferId id) {
  const auto end = Clock::now() + longest_look;
  do {
    if (receive_once(id)) return true;
  } while (Clock::now() < end && transfers_.contains(id));
  return false;
}

void TftpService::receive(tftp::TransferId id) {
  receive_once(id);
  // A client alone waits for each block as we wait for its ACK. Others get their turn after a while.
  const auto end = Clock::now() + longest_turn;
  while (transfers_.size() == 1 && transfers_.contains(id) && Clock::now() < end && vigil_.pays()) {
    const bool came = look_out(id);
    vigil_.ended(came);
    if (!came) break;
  }
  settle();
}

void TftpService::settle() {
  // The deadline moves once a second at most, packets come by the thousand.
  if (const auto next = server_.next_event(); next != armed_) {
    armed_ = next;
    if (next) {
      timer_.set(*next);
    } else {
      timer_.cancel();
    }
  }
  const bool wanted = server_.wants_requests();
  if (wanted == reading_) return;
  reading_ = wanted;
  for (auto& [handle, port] : ports_) {
    port.watch = wanted ? loop_.watch_readable(port.socket.fd(), [this, h = handle] { receive_requests(h); })
                        : io::Loop::Watch{};
  }
}

tftp::Sockets::Opened TftpService::open(tftp::TransferId id, const tftp::Route& route,
                                        const std::optional<settings::TftpPortRange>& ports) {
  const bool link_local = !route.local.is_v4() && route.local.v6().link_local();
  const settings::TftpPortRange any{};
  const auto range = ports.value_or(any);
  for (std::uint32_t port = range.first; port <= range.last; ++port) {
    auto socket = io::UdpSocket::open({.local = {.address = route.local,
                                                 .port = static_cast<std::uint16_t>(port),
                                                 .scope_id = link_local ? route.interface_index : 0},
                                       .fragment = true,
                                       .largest = transfer_datagram,
                                       .batch = 1});
    if (socket) {
      auto& transfer = transfers_.emplace(id, Transfer{.socket = std::move(*socket)}).first->second;
      transfer.watch = loop_.watch_readable(transfer.socket.fd(), [this, id] { receive(id); });
      return Opened::yes;
    }
    const bool busy = socket.error().error == EADDRINUSE || (ports && socket.error().error == EACCES);
    if (!busy) return Opened::failed;
  }
  return Opened::no_free_port;
}

void TftpService::send(tftp::TransferId id, const tftp::Route& route, tftp::Datagrams datagrams) {
  const auto found = transfers_.find(id);
  if (found == transfers_.end()) return;
  auto& transfer = found->second;
  dump_sent(transfer.socket, route.peer, datagrams);
  const int error = transfer.socket.send_segments(datagrams.octets, datagrams.size, route.peer);
  if (++transfer.sent == many) connect(id, transfer, route.peer);
  if (error != 0 && error != EINVAL) log_.write(log::failed_to_send_packet(strerror(error)));
}

void TftpService::dump_sent(const io::UdpSocket& socket, const Endpoint& client, tftp::Datagrams datagrams) {
  if (!dump_) return;
  auto rest = datagrams.octets;
  do {
    const auto one = rest.first(std::min(rest.size(), datagrams.size));
    dump_->packet(dump::PacketKind::tftp, end_of(socket), client, one);
    rest = rest.subspan(one.size());
  } while (!rest.empty());
}

void TftpService::send_from_listener(const tftp::Route& route, tftp::Datagrams datagrams) {
  const auto port = ports_.find(route.listener);
  if (port == ports_.end()) return;
  dump_sent(port->second.socket, route.peer, datagrams);
  const unsigned interface = route.local.is_v4() ? 0 : route.interface_index;
  const int error = port->second.socket.send_segments(datagrams.octets, datagrams.size, route.peer,
                                                      {.source = route.local, .interface_index = interface});
  if (error != 0 && error != EINVAL) log_.write(log::failed_to_send_packet(strerror(error)));
}

void TftpService::close(tftp::TransferId id) {
  const auto transfer = transfers_.find(id);
  if (transfer == transfers_.end()) return;
  if (transfer->second.others) ++further_sockets_;
  transfers_.erase(transfer);
}

}  // namespace swapmasq::app
