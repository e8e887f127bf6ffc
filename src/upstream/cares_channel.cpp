#include "upstream/cares_channel.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/udp.hpp>
#include <cerrno>
#include <iterator>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <sys/uio.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "base/startup_error.hpp"
#include "io/socket_address.hpp"
#include "upstream/source_socket.hpp"
#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::upstream {

namespace {

// Longer than the engine waits for anything: only sends that it forgot on a shared channel end this way.
constexpr int give_up_ms = 45'000;
constexpr unsigned id_attempts = 100;

}  // namespace

CaresChannel::CaresChannel(const Surroundings& surroundings, Kind kind) : surroundings_(surroundings), kind_(kind) {
  // Everything that c-ares would read from files is given here, so it reads none.
  std::string lookups = "b";
  std::string no_file = "/dev/null";
  in_addr placeholder{};
  placeholder.s_addr = htonl(INADDR_LOOPBACK);
  ares_options options{};
  options.flags = ARES_FLAG_IGNTC | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP |
                  (kind == Kind::tcp ? ARES_FLAG_USEVC : 0) | (kind != Kind::udp ? ARES_FLAG_STAYOPEN : 0);
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

CaresChannel::~CaresChannel() { ares_destroy(handle_); }

bool CaresChannel::use_server(const Endpoint& server) {
  if (server_ == server) return true;
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

std::optional<dns::Obstacle> CaresChannel::send(const dns::UpstreamSend& send) {
  const bool ready = !idle() || use_server(send.server);
  last_server_ = send.server;
  source_ = send.source;
  answered_ = false;
  ++carried_;
  wire::Reader in{send.message};
  const auto given_id = in.u16().value_or(0);
  latest_ = &exchanges_.insert_or_assign(send.id, Exchange{this, send.id, given_id}).first->second;
  const auto free_id = by_sent_id_.contains(given_id) ? another_id() : given_id;
  if (!ready || !free_id) {
    exchanges_.erase(send.id);
    latest_ = nullptr;
    return dns::Obstacle{false, "no message id is free"};
  }
  if (free_id == given_id) return give(send.message);
  wire::Writer changed;
  changed.bytes(send.message);
  changed.put_u16_at(0, *free_id);
  return give(changed.view());
}

std::optional<dns::Obstacle> CaresChannel::give(ByteView message) {
  given_ = Given{};
  given_.now = true;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  ares_send(handle_, message.data(), static_cast<int>(message.size()), &CaresChannel::on_end, latest_);
#pragma GCC diagnostic pop
  const auto given = std::exchange(given_, Given{});
  if (!given.refused) return std::nullopt;
  return dns::Obstacle{given.no_source, std::generic_category().message(given.error)};
}

std::optional<std::uint16_t> CaresChannel::another_id() const {
  for (unsigned i = 0; i < id_attempts; ++i)
    if (const auto id = static_cast<std::uint16_t>(surroundings_.random()); !by_sent_id_.contains(id)) return id;
  return std::nullopt;
}

void CaresChannel::forget(dns::SendId id) {
  const auto found = exchanges_.find(id);
  if (found == exchanges_.end() || std::exchange(found->second.forgotten, true)) return;
  if (++forgotten_ == exchanges_.size()) ares_cancel(handle_);
}

// c-ares closes what it has open to a server that goes.
void CaresChannel::close() {
  if (server_) use_server({server_->address, static_cast<std::uint16_t>(server_->port == 1 ? 2 : 1), 0});
  server_.reset();
  carried_ = 0;
}

void CaresChannel::take_events(std::vector<Event>& out) {
  out.clear();
  std::swap(out, events_);
}

void CaresChannel::on_end(void* exchange, int /*status*/, int /*timeouts*/, unsigned char* /*message*/,
                          int /*length*/) {
  auto* ended = static_cast<Exchange*>(exchange);
  auto& channel = *ended->channel;
  if (channel.given_.now && channel.latest_ == ended && !ended->sent) {
    channel.given_.refused = true;
  } else if (ended->forgotten) {
    --channel.forgotten_;
  } else {
    const auto failure = ended->sent ? dns::SendFailure::no_answer : dns::SendFailure::not_sent;
    channel.events_.push_back({ended->id, std::nullopt, failure, {}});
  }
  if (channel.latest_ == ended) channel.latest_ = nullptr;
  if (ended->sent) channel.by_sent_id_.erase(ended->sent_id);
  channel.exchanges_.erase(ended->id);
}

// --- sockets

ares_socket_t CaresChannel::open_socket(int family, int type, int protocol, void* channel) {
  auto& self = *static_cast<CaresChannel*>(channel);
  const int fd = open_source_socket(family, type, protocol, self.source_, self.surroundings_.random);
  if (fd < 0) {
    self.note_obstacle(true, errno);
    return ARES_SOCKET_BAD;
  }
  (self.tcp() ? self.tcp_connection_ : self.udp_) = fd;
  self.surroundings_.sockets.add(fd, self);
  return fd;
}

int CaresChannel::close_socket(ares_socket_t fd, void* channel) {
  auto& self = *static_cast<CaresChannel*>(channel);
  self.surroundings_.sockets.remove(fd);
  if (self.udp_ == fd) self.udp_ = -1;
  if (self.tcp_connection_ == fd) {
    self.tcp_connection_ = -1;
    self.stream_.clear();
  }
  return ::close(fd);
}

// c-ares' own address has no scope, which link-local servers need.
int CaresChannel::connect_socket(ares_socket_t fd, const sockaddr* /*address*/, ares_socklen_t /*length*/,
                                 void* channel) {
  auto& self = *static_cast<CaresChannel*>(channel);
  const auto remote = to_asio(*self.server_);
  const int result = ::connect(fd, remote.data(), static_cast<socklen_t>(remote.size()));
  if (result != 0) self.note_obstacle(false, errno);
  return result;
}

void CaresChannel::note_obstacle(bool source, int error) {
  given_.no_source = source;
  given_.error = error;
}

void CaresChannel::on_state(void* channel, ares_socket_t fd, int readable, int writable) {
  static_cast<CaresChannel*>(channel)->surroundings_.sockets.want(fd, readable != 0, writable != 0);
}

// --- receiving

void CaresChannel::ready(int fd, bool readable, bool writable) {
  if (!tcp() && readable) {
    receive_datagrams(fd);
  } else {
    process(readable ? fd : ARES_SOCKET_BAD, writable ? fd : ARES_SOCKET_BAD);
  }
  surroundings_.owner.settled(*this);  // which may destroy this
}

void CaresChannel::process(ares_socket_t read, ares_socket_t write) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  ares_process_fd(handle_, read, write);
#pragma GCC diagnostic pop
}

// c-ares reads from the batch instead of the socket, all of it at once or one by one.
void CaresChannel::receive_datagrams(int fd) {
  receive_error_ = surroundings_.batch.fill(fd);
  if (receive_error_ == EAGAIN || receive_error_ == EINTR) return;
  // One message was refused; replies to others may come, and c-ares would give up all of them.
  if (receive_error_ != 0 && kind_ == Kind::shared_udp) return;
  next_in_batch_ = 0;
  std::size_t before = 0;
  do {
    before = next_in_batch_;
    process(fd, ARES_SOCKET_BAD);
  } while (next_in_batch_ < surroundings_.batch.size() && next_in_batch_ != before);
}

ares_ssize_t CaresChannel::receive(ares_socket_t fd, void* buffer, std::size_t size, int flags, sockaddr* from,
                                   ares_socklen_t* from_length, void* channel) {
  auto& self = *static_cast<CaresChannel*>(channel);
  return self.tcp() ? self.receive_stream(fd, buffer, size, flags)
                    : self.next_datagram(buffer, size, from, from_length);
}

// What nobody waits for is not shown to c-ares.
ares_ssize_t CaresChannel::next_datagram(void* buffer, std::size_t size, sockaddr* from, ares_socklen_t* from_length) {
  auto& batch = surroundings_.batch;
  while (next_in_batch_ < batch.size()) {
    const auto place = next_in_batch_++;
    const auto* exchange = exchange_of(batch[place]);
    if (exchange == nullptr) continue;
    const auto shown = batch[place].first(std::min(batch[place].size(), size));
    std::ranges::copy(shown, static_cast<std::uint8_t*>(buffer));
    if (from != nullptr && from_length != nullptr) {
      // The socket is connected.
      const auto remote = to_asio(*server_);
      const void* address = remote.data();
      void* copy = from;
      *from_length = std::min(*from_length, static_cast<ares_socklen_t>(remote.size()));
      std::copy_n(static_cast<const std::uint8_t*>(address), *from_length, static_cast<std::uint8_t*>(copy));
    }
    if (!exchange->forgotten) {
      if (surroundings_.tap != nullptr) surroundings_.tap->arrived(exchange->id, local_end(), *server_, batch[place]);
      batch.put_u16(place, exchange->given_id);
      events_.push_back({exchange->id, batch[place], {}, {}});
    }
    return static_cast<ares_ssize_t>(shown.size());
  }
  errno = receive_error_ != 0 ? std::exchange(receive_error_, 0) : EAGAIN;
  return -1;
}

ares_ssize_t CaresChannel::receive_stream(ares_socket_t fd, void* buffer, std::size_t size, int flags) {
  const auto received = ::recv(fd, buffer, size, flags);
  if (received <= 0) return received;
  const ByteView octets{static_cast<const std::uint8_t*>(buffer), static_cast<std::size_t>(received)};
  stream_.insert(stream_.end(), octets.begin(), octets.end());
  take_stream();
  return received;
}

void CaresChannel::take_stream() {
  wire::Reader in{stream_};
  for (;;) {
    auto next = in;
    const auto length = next.u16();
    const auto message = length ? next.bytes(*length) : std::nullopt;
    if (!message) break;
    in = next;
    const auto* exchange = exchange_of(*message);
    if (exchange == nullptr || exchange->forgotten) continue;
    answered_ = true;
    wire::Writer copy;
    copy.bytes(*message);
    copy.put_u16_at(0, exchange->given_id);
    auto& event = events_.emplace_back();
    event.id = exchange->id;
    event.storage = copy.take();
    event.reply = event.storage;
  }
  stream_ = Bytes{in.rest().begin(), in.rest().end()};
}

// c-ares ends an exchange for whatever has its id, so what is no response must not come to its eyes.
CaresChannel::Exchange* CaresChannel::exchange_of(ByteView message) {
  constexpr std::uint16_t response = 0x8000;
  wire::Reader in{message};
  const auto id = in.u16();
  const auto flags = in.u16();
  if (!id || !flags || (*flags & response) == 0) return nullptr;
  const auto found = by_sent_id_.find(*id);
  return found == by_sent_id_.end() ? nullptr : found->second;
}

// --- sending

bool CaresChannel::note_sent(ByteView message) {
  wire::Reader in{message};
  if (tcp()) in.skip(sizeof(std::uint16_t));
  const auto id = in.u16();
  if (!id || latest_ == nullptr || latest_->sent) return false;
  latest_->sent_id = *id;
  latest_->sent = true;
  by_sent_id_[*id] = latest_;
  return true;
}

ares_ssize_t CaresChannel::send_vector(ares_socket_t fd, const iovec* parts, int count, void* channel) {
  auto& self = *static_cast<CaresChannel*>(channel);
  auto& outbox = self.outbox_;
  const auto begin = outbox.size();
  for (const auto& part : std::span{parts, static_cast<std::size_t>(count)}) {
    const ByteView octets{static_cast<const std::uint8_t*>(part.iov_base), part.iov_len};
    outbox.insert(outbox.end(), octets.begin(), octets.end());
  }
  const auto octets = ByteView{outbox}.subspan(begin);
  const auto size = octets.size();
  const bool first = self.note_sent(octets);
  if (!self.tcp()) {
    if (first)
      self.waiting_.push_back({self.latest_->id, begin, size});
    else
      outbox.resize(begin);
    return static_cast<ares_ssize_t>(size);
  }
  const auto sent = ::send(fd, octets.data(), size, MSG_NOSIGNAL);
  outbox.resize(begin);
  if (sent < 0 && first && self.latest_ != nullptr) {
    self.by_sent_id_.erase(self.latest_->sent_id);
    self.latest_->sent = false;
  }
  return sent;
}

void CaresChannel::flush() {
  if (waiting_.empty()) return;
  auto& datagrams = surroundings_.datagrams;
  datagrams.clear();
  for (const auto& waiting : waiting_) {
    const auto octets = ByteView{outbox_}.subspan(waiting.begin, waiting.size);
    if (surroundings_.tap != nullptr) surroundings_.tap->leaves(waiting.id, local_end(), *server_, octets);
    datagrams.push_back({octets, std::nullopt, {}});
  }
  surroundings_.sender.send(udp_, datagrams, [&](std::size_t which, int) { unsent(waiting_[which].id); });
  waiting_.clear();
  outbox_.clear();
}

// Of the open UDP socket. Its address is the kernel's choice for this server unless the source has one.
Endpoint CaresChannel::local_end() const {
  const IpAddress any = server_->address.is_v4() ? IpAddress{Ipv4{}} : IpAddress{Ipv6{}};
  return {source_.address.value_or(any), io::local_endpoint(udp_).value_or(Endpoint{}).port, 0};
}

void CaresChannel::unsent(dns::SendId id) {
  if (const auto found = exchanges_.find(id); found == exchanges_.end() || found->second.forgotten) return;
  events_.push_back({id, std::nullopt, dns::SendFailure::not_sent, {}});
  forget(id);
}

}  // namespace swapmasq::upstream
