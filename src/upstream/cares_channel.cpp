#include "upstream/cares_channel.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/udp.hpp>
#include <cerrno>
#include <fcntl.h>
#include <iterator>
#include <net/if.h>
#include <netinet/in.h>
#include <random>
#include <string>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

#include "base/startup_error.hpp"
#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::upstream {

namespace asio = boost::asio;

namespace {

// Longer than the engine waits for anything: only sends that it forgot on a shared channel end this way.
constexpr int give_up_ms = 45'000;
constexpr unsigned bind_attempts = 100;  // spec dns-forwarding.md section 6.1
constexpr std::uint16_t small_range = 30;

// c-ares answers its own callbacks with the same types as the system calls.
asio::ip::udp::endpoint to_asio(const IpAddress& address, std::uint16_t port, std::uint32_t scope_id = 0) {
  if (address.is_v4()) return {asio::ip::address_v4{address.v4().value}, port};
  return {asio::ip::address_v6{address.v6().octets, scope_id}, port};
}

bool set_option(int fd, int level, int name, int value) {
  return ::setsockopt(fd, level, name, &value, sizeof value) == 0;
}

bool bind_to(int fd, const IpAddress& address, std::uint16_t port) {
  const auto local = to_asio(address, port);
  return ::bind(fd, local.data(), static_cast<socklen_t>(local.size())) == 0;
}

bool bind_in_range(int fd, const IpAddress& address, std::uint16_t first, std::uint16_t last) {
  const unsigned ports = last - first + 1U;
  if (ports < small_range) {
    for (unsigned i = 0; i < ports; ++i)
      if (bind_to(fd, address, static_cast<std::uint16_t>(first + i))) return true;
    return false;
  }
  std::random_device unpredictable;
  std::uniform_int_distribution<unsigned> any{first, last};
  for (unsigned i = 0; i < bind_attempts; ++i)
    if (bind_to(fd, address, static_cast<std::uint16_t>(any(unpredictable)))) return true;
  return false;
}

}  // namespace

CaresChannel::CaresChannel(asio::io_context& io, bool tcp, std::function<void()> settled)
    : io_(io), tcp_(tcp), settled_(std::move(settled)) {
  // Everything that c-ares would read from files is given here, so it reads none.
  std::string lookups = "b";
  std::string no_file = "/dev/null";
  in_addr placeholder{};
  placeholder.s_addr = htonl(INADDR_LOOPBACK);
  ares_options options{};
  options.flags =
      ARES_FLAG_IGNTC | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP | (tcp ? ARES_FLAG_USEVC : 0);
  options.timeout = give_up_ms;
  options.tries = 1;
  options.servers = &placeholder;
  options.nservers = 1;
  options.lookups = lookups.data();
  options.sock_state_cb = &CaresChannel::on_state;
  options.sock_state_cb_data = this;
  options.resolvconf_path = no_file.data();
  int given = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SERVERS | ARES_OPT_DOMAINS |
              ARES_OPT_SORTLIST | ARES_OPT_LOOKUPS | ARES_OPT_SOCK_STATE_CB | ARES_OPT_NOROTATE | ARES_OPT_RESOLVCONF;
#ifdef ARES_OPT_QUERY_CACHE
  given |= ARES_OPT_QUERY_CACHE;  // of length 0: the cache is the engine's
#endif
  if (ares_init_options(&handle_, &options, given) != ARES_SUCCESS)
    throw StartupError{ExitCode::other, "cannot initialise the DNS library"};
  static constexpr ares_socket_functions functions{&CaresChannel::open_socket, &CaresChannel::close_socket,
                                                   &CaresChannel::connect_socket, &CaresChannel::receive,
                                                   &CaresChannel::send_vector};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  // Deprecated since c-ares 1.34, whose successor older versions do not have.
  ares_set_socket_functions(handle_, &functions, this);
#pragma GCC diagnostic pop
}

CaresChannel::~CaresChannel() {
  ares_destroy(handle_);
  *alive_ = false;
}

bool CaresChannel::use_server(const Endpoint& server) {
  server_ = server;
  ares_addr_port_node node{};
  node.udp_port = server.port;
  node.tcp_port = server.port;
  if (server.address.is_v4()) {
    node.family = AF_INET;
    node.addr.addr4.s_addr = htonl(server.address.v4().value);
  } else {
    node.family = AF_INET6;
    std::ranges::copy(server.address.v6().octets, std::begin(node.addr.addr6._S6_un._S6_u8));
  }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  return ares_set_servers_ports(handle_, &node) == ARES_SUCCESS;
#pragma GCC diagnostic pop
}

void CaresChannel::send(const dns::UpstreamSend& send) {
  const bool ready = !idle() || use_server(send.server);
  source_ = send.source;
  wire::Reader in{send.message};
  auto exchange = std::make_unique<Exchange>();
  exchange->channel = this;
  exchange->id = send.id;
  exchange->given_id = in.u16().value_or(0);
  latest_ = exchange.get();
  exchanges_.emplace(send.id, std::move(exchange));
  if (!ready) return on_end(latest_, ARES_EBADQUERY, 0, nullptr, 0);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  ares_send(handle_, send.message.data(), static_cast<int>(send.message.size()), &CaresChannel::on_end, latest_);
#pragma GCC diagnostic pop
}

void CaresChannel::forget(dns::SendId id) {
  const auto found = exchanges_.find(id);
  if (found == exchanges_.end()) return;
  found->second->forgotten = true;
  if (std::ranges::all_of(exchanges_, [](const auto& entry) { return entry.second->forgotten; })) ares_cancel(handle_);
}

std::vector<CaresChannel::Event> CaresChannel::take_events() { return std::exchange(events_, {}); }

void CaresChannel::on_end(void* exchange, int /*status*/, int /*timeouts*/, unsigned char* /*message*/,
                          int /*length*/) {
  auto* ended = static_cast<Exchange*>(exchange);
  auto& channel = *ended->channel;
  if (!ended->forgotten)
    channel.events_.push_back(
        {ended->id, std::nullopt, ended->sent ? dns::SendFailure::no_answer : dns::SendFailure::not_sent});
  if (channel.latest_ == ended) channel.latest_ = nullptr;
  channel.exchanges_.erase(ended->id);
}

// --- sockets

ares_socket_t CaresChannel::open_socket(int family, int type, int protocol, void* channel) {
  auto& self = *static_cast<CaresChannel*>(channel);
  const int fd = ::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
  if (fd < 0) return ARES_SOCKET_BAD;
  if (!self.bind_source(fd, family)) {
    const int why = errno;
    ::close(fd);
    errno = why;
    return ARES_SOCKET_BAD;
  }
  auto socket = std::make_shared<Socket>(self.io_);
  socket->descriptor.assign(fd);
  self.sockets_.emplace(fd, std::move(socket));
  return fd;
}

bool CaresChannel::bind_source(int fd, int family) const {
  if (family == AF_INET6 && !set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1)) return false;
  if (!source_.interface.empty() && ::setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, source_.interface.c_str(),
                                                 static_cast<socklen_t>(source_.interface.size())) != 0)
    return false;
  const IpAddress any = family == AF_INET ? IpAddress{Ipv4{}} : IpAddress{Ipv6{}};
  const auto address = source_.address.value_or(any);
  if (source_.port) {
    // Sockets to different servers share the port; connecting them tells their replies apart.
    return set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1) && bind_to(fd, address, *source_.port);
  }
  if (source_.min_port != 0 && !tcp_) return bind_in_range(fd, address, source_.min_port, source_.max_port);
  return !source_.address || bind_to(fd, address, 0);
}

int CaresChannel::close_socket(ares_socket_t fd, void* channel) {
  auto& self = *static_cast<CaresChannel*>(channel);
  const auto found = self.sockets_.find(fd);
  if (found == self.sockets_.end()) return -1;
  boost::system::error_code ignored;
  found->second->descriptor.close(ignored);
  self.sockets_.erase(found);
  return 0;
}

// c-ares' own address has no scope, which link-local servers need.
int CaresChannel::connect_socket(ares_socket_t fd, const sockaddr* /*address*/, ares_socklen_t /*length*/,
                                 void* channel) {
  const auto& server = static_cast<CaresChannel*>(channel)->server_;
  const auto remote = to_asio(server.address, server.port, server.scope_id);
  return ::connect(fd, remote.data(), static_cast<socklen_t>(remote.size()));
}

ares_ssize_t CaresChannel::receive(ares_socket_t fd, void* buffer, std::size_t size, int flags, sockaddr* from,
                                   ares_socklen_t* from_length, void* channel) {
  const auto received = ::recvfrom(fd, buffer, size, flags, from, from_length);
  if (received <= 0) return received;
  auto& self = *static_cast<CaresChannel*>(channel);
  const ByteView octets{static_cast<const std::uint8_t*>(buffer), static_cast<std::size_t>(received)};
  const auto socket = self.sockets_.find(fd);
  if (!self.tcp_) {
    self.take_message(octets);
  } else if (socket != self.sockets_.end()) {
    auto& stream = socket->second->stream;
    stream.insert(stream.end(), octets.begin(), octets.end());
    self.take_stream(*socket->second);
  }
  return received;
}

void CaresChannel::take_stream(Socket& socket) {
  wire::Reader in{socket.stream};
  for (;;) {
    auto next = in;
    const auto length = next.u16();
    const auto message = length ? next.bytes(*length) : std::nullopt;
    if (!message) break;
    take_message(*message);
    in = next;
  }
  socket.stream = Bytes{in.rest().begin(), in.rest().end()};
}

void CaresChannel::take_message(ByteView message) {
  wire::Reader in{message};
  const auto id = in.u16();
  if (!id) return;
  for (const auto& [send_id, exchange] : exchanges_) {
    if (!exchange->sent || exchange->sent_id != *id || exchange->forgotten) continue;
    wire::Writer copy;
    copy.bytes(message);
    copy.put_u16_at(0, exchange->given_id);
    events_.push_back({send_id, copy.take()});
  }
}

bool CaresChannel::note_sent(ByteView message) {
  wire::Reader in{message};
  if (tcp_) in.skip(sizeof(std::uint16_t));
  const auto id = in.u16();
  if (!id || latest_ == nullptr || latest_->sent) return false;
  latest_->sent_id = *id;
  latest_->sent = true;
  return true;
}

ares_ssize_t CaresChannel::send_vector(ares_socket_t fd, const iovec* parts, int count, void* channel) {
  auto& self = *static_cast<CaresChannel*>(channel);
  wire::Writer joined;
  for (const auto& part : std::span{parts, static_cast<std::size_t>(count)})
    joined.bytes({static_cast<const std::uint8_t*>(part.iov_base), part.iov_len});
  const auto octets = joined.view();
  const bool first = self.note_sent(octets);
  if (!first && !self.tcp_) return static_cast<ares_ssize_t>(octets.size());
  const auto sent = ::send(fd, octets.data(), octets.size(), MSG_NOSIGNAL);
  if (sent < 0 && first && self.latest_ != nullptr) self.latest_->sent = false;
  return sent;
}

// --- readiness

void CaresChannel::on_state(void* channel, ares_socket_t fd, int readable, int writable) {
  auto& self = *static_cast<CaresChannel*>(channel);
  const auto found = self.sockets_.find(fd);
  if (found == self.sockets_.end()) return;
  found->second->wants_read = readable != 0;
  found->second->wants_write = writable != 0;
  self.wait(fd, found->second);
}

void CaresChannel::wait(ares_socket_t fd, const std::shared_ptr<Socket>& socket) {
  using Descriptor = asio::posix::stream_descriptor;
  const auto arm = [&](bool Socket::*wanted, bool Socket::*pending, Descriptor::wait_type type, ares_socket_t read,
                       ares_socket_t write) {
    if (!((*socket).*wanted) || (*socket).*pending) return;
    (*socket).*pending = true;
    socket->descriptor.async_wait(
        type, [this, alive = alive_, fd, socket, wanted, pending, read, write](const boost::system::error_code& error) {
          (*socket).*pending = false;
          if (!*alive || error || !socket->descriptor.is_open()) return;
          if ((*socket).*wanted) ready(read, write);
          // c-ares may have closed it, and the owner may have destroyed this.
          if (*alive && socket->descriptor.is_open()) wait(fd, socket);
        });
  };
  arm(&Socket::wants_read, &Socket::read_pending, Descriptor::wait_read, fd, ARES_SOCKET_BAD);
  arm(&Socket::wants_write, &Socket::write_pending, Descriptor::wait_write, ARES_SOCKET_BAD, fd);
}

void CaresChannel::ready(ares_socket_t read, ares_socket_t write) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  ares_process_fd(handle_, read, write);
#pragma GCC diagnostic pop
  const auto settled = settled_;  // which may destroy this
  settled();
}

}  // namespace swapmasq::upstream
