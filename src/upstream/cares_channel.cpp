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
#include "upstream/stand_in.hpp"
#include "wire/reader.hpp"
#include "wire/writer.hpp"

// What c-ares 1.34 deprecates is all that older versions have.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace swapmasq::upstream {

namespace {

// Longer than the engine waits for anything.
constexpr int give_up_ms = 45'000;
constexpr unsigned id_attempts = 100;
constexpr std::size_t ended_together = 64;

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
#ifdef ARES_OPT_MAXTIMEOUTMS
  given |= ARES_OPT_MAXTIMEOUTMS;  // otherwise 5 seconds
  options.maxtimeout = give_up_ms;
#endif
  if (ares_init_options(&handle_, &options, given) != ARES_SUCCESS)
    throw StartupError{ExitCode::other, "cannot initialise the DNS library"};
  static constexpr ares_socket_functions functions{&CaresChannel::open_socket, &CaresChannel::close_socket,
                                                   &CaresChannel::connect_socket, &CaresChannel::receive,
                                                   &CaresChannel::send_vector};
  ares_set_socket_functions(handle_, &functions, this);
}

CaresChannel::~CaresChannel() { ares_destroy(handle_); }

bool CaresChannel::use_server(const Endpoint& server) {
  if (server_ == server) return true;
  server_ = server;
  return use_placeholder(server.address.is_v4());
}

bool CaresChannel::use_placeholder(bool v4) {
  placeholder_.port = placeholder_.port == 1 ? 2 : 1;
  placeholder_.address = v4 ? IpAddress{Ipv4{}} : IpAddress{Ipv6{}};
  ares_addr_port_node node{};
  node.family = v4 ? AF_INET : AF_INET6;
  node.udp_port = node.tcp_port = placeholder_.port;
  return ares_set_servers_ports(handle_, &node) == ARES_SUCCESS;
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
  const auto id = free_id(given_id);
  if (!ready || !id) {
    exchanges_.erase(send.id);
    latest_ = nullptr;
    return dns::Obstacle{false, "no message id is free"};
  }
  latest_->sent_id = *id;
  if (tcp()) outbox_.clear();
  const auto begin = outbox_.size();
  const auto put = [this](ByteView octets) { outbox_.insert(outbox_.end(), octets.begin(), octets.end()); };
  if (tcp()) put(octets_of(send.message.size()));
  put(octets_of(*id));
  put(in.rest());
  // New versions give it another id; old ones count on it that no other query has this one.
  const auto query = stand_in(*id);
  given_ = Given{.now = true};
  ares_send(handle_, query.data(), static_cast<int>(query.size()), &CaresChannel::on_end, latest_);
  const auto given = std::exchange(given_, Given{});
  if (given.refused) {
    outbox_.resize(begin);
    return dns::Obstacle{given.no_source, std::generic_category().message(given.error)};
  }
  if (tcp()) return std::nullopt;
  waiting_.push_back({send.id, begin, outbox_.size() - begin});
  if (surroundings_.tap != nullptr)
    surroundings_.tap->leaves(send.id, local_end(), send.server, ByteView{outbox_}.subspan(begin));
  return std::nullopt;
}

std::optional<std::uint16_t> CaresChannel::free_id(std::uint16_t wanted) const {
  auto id = wanted;
  for (unsigned i = 0; i < id_attempts && by_sent_id_.contains(id); ++i)
    id = static_cast<std::uint16_t>(surroundings_.random());
  return by_sent_id_.contains(id) ? std::nullopt : std::optional{id};
}

void CaresChannel::forget(dns::SendId id) {
  const auto found = exchanges_.find(id);
  if (found == exchanges_.end() || std::exchange(found->second.forgotten, true)) return;
  ++forgotten_;
  to_end_.push_back(found->second.stand_in_id);
  if (!cancel_if_forgotten() && to_end_.size() >= ended_together) end_forgotten();
}

bool CaresChannel::cancel_if_forgotten() {
  if (forgotten_ != exchanges_.size()) return false;
  to_end_.clear();
  if (!idle()) ares_cancel(handle_);
  return true;
}

// c-ares has no other way to end one of many.
void CaresChannel::end_forgotten() {
  std::size_t before = 0;
  do {
    before = to_end_.size();
    process(udp_, ARES_SOCKET_BAD);
  } while (!to_end_.empty() && to_end_.size() != before);
}

void CaresChannel::close() {
  if (server_) use_placeholder(server_->address.is_v4());
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
    std::erase(channel.to_end_, ended->stand_in_id);
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
  ares_process_fd(handle_, read, write);
  cancel_if_forgotten();
}

void CaresChannel::receive_datagrams(int fd) {
  auto& batch = surroundings_.batch;
  const int error = batch.fill(fd);
  if (error == EAGAIN || error == EINTR) return;
  if (error != 0) {
    // One message was refused; replies to others may come, and c-ares would give up all of them.
    if (kind_ == Kind::shared_udp) return;
    receive_error_ = error;
    return process(fd, ARES_SOCKET_BAD);
  }
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto* exchange = exchange_of(batch[i]);
    if (exchange == nullptr) continue;
    if (surroundings_.tap != nullptr) surroundings_.tap->arrived(exchange->id, local_end(), *server_, batch[i]);
    batch.put_u16(i, exchange->given_id);
    events_.push_back({exchange->id, batch[i], {}, {}});
  }
}

ares_ssize_t CaresChannel::receive(ares_socket_t fd, void* buffer, std::size_t size, int /*flags*/, sockaddr* from,
                                   ares_socklen_t* from_length, void* channel) {
  auto& self = *static_cast<CaresChannel*>(channel);
  return self.tcp() ? self.receive_stream(fd) : self.stand_in_reply(buffer, size, from, from_length);
}

ares_ssize_t CaresChannel::stand_in_reply(void* buffer, std::size_t size, sockaddr* from, ares_socklen_t* from_length) {
  if (receive_error_ != 0 || to_end_.empty()) {
    errno = receive_error_ != 0 ? std::exchange(receive_error_, 0) : EAGAIN;
    return -1;
  }
  const auto reply = reply_to_stand_in(to_end_.back());
  to_end_.pop_back();
  const auto shown = ByteView{reply}.first(std::min(reply.size(), size));
  std::ranges::copy(shown, static_cast<std::uint8_t*>(buffer));
  if (from != nullptr && from_length != nullptr) {
    const auto placeholder = to_asio(placeholder_);
    const void* address = placeholder.data();
    void* copy = from;
    *from_length = std::min(*from_length, static_cast<ares_socklen_t>(placeholder.size()));
    std::copy_n(static_cast<const std::uint8_t*>(address), *from_length, static_cast<std::uint8_t*>(copy));
  }
  return static_cast<ares_ssize_t>(shown.size());
}

// c-ares hears of the end of a stream only.
ares_ssize_t CaresChannel::receive_stream(ares_socket_t fd) {
  std::array<std::uint8_t, 16384> octets;  // NOLINT(cppcoreguidelines-pro-type-member-init): written by the kernel
  const auto received = ::recv(fd, octets.data(), octets.size(), 0);
  if (received <= 0) return received;
  const auto arrived = ByteView{octets}.first(static_cast<std::size_t>(received));
  stream_.insert(stream_.end(), arrived.begin(), arrived.end());
  take_stream();
  errno = EAGAIN;
  return -1;
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
    if (exchange == nullptr) continue;
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

const CaresChannel::Exchange* CaresChannel::exchange_of(ByteView message) const {
  constexpr std::uint16_t response = 0x8000;
  wire::Reader in{message};
  const auto id = in.u16();
  const auto flags = in.u16();
  if (!id || !flags || (*flags & response) == 0) return nullptr;
  const auto found = by_sent_id_.find(*id);
  return found == by_sent_id_.end() || found->second->forgotten ? nullptr : found->second;
}

// --- sending

ares_ssize_t CaresChannel::send_vector(ares_socket_t fd, const iovec* parts, int count, void* channel) {
  auto& self = *static_cast<CaresChannel*>(channel);
  const std::span all{parts, static_cast<std::size_t>(count)};
  std::size_t size = 0;
  for (const auto& part : all) size += part.iov_len;
  wire::Reader in{{static_cast<const std::uint8_t*>(all.front().iov_base), all.front().iov_len}};
  if (self.tcp()) in.skip(sizeof(std::uint16_t));
  const auto id = in.u16();
  auto* exchange = self.latest_;
  // Otherwise c-ares repeats one, which is not its business here.
  if (id && exchange != nullptr && !exchange->sent) {
    if (self.tcp() && !self.send_stream(fd)) return -1;
    exchange->stand_in_id = *id;
    exchange->sent = true;
    self.by_sent_id_[exchange->sent_id] = exchange;
  }
  return static_cast<ares_ssize_t>(size);
}

bool CaresChannel::send_stream(ares_socket_t fd) {
  const auto sent = ::send(fd, outbox_.data(), outbox_.size(), MSG_NOSIGNAL);
  if (sent < 0) return false;
  outbox_.erase(outbox_.begin(), outbox_.begin() + sent);
  errno = EAGAIN;
  return outbox_.empty();
}

void CaresChannel::flush() {
  if (waiting_.empty()) return;
  auto& datagrams = surroundings_.datagrams;
  datagrams.clear();
  for (const auto& waiting : waiting_)
    datagrams.push_back({ByteView{outbox_}.subspan(waiting.begin, waiting.size), std::nullopt, {}});
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
