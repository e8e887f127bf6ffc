// One c-ares channel: one server, one source, usually one message at a time. c-ares is asked to send a message as it is
// and to say when it is over; replies are taken from the socket itself, because what c-ares hands on depends on its
// version: old ones cut UDP replies at 512 octets, new ones ask again without EDNS after a FORMERR.
//
// Nothing is reported from inside c-ares: its functions must not be called from its callbacks, and whoever hears of a
// reply wants to send and to cancel. The channel collects, the owner asks with take_events() when c-ares has returned.
#pragma once

#include <ares.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "dns/upstream_send.hpp"

namespace swapmasq::upstream {

class CaresChannel {
 public:
  struct Event {
    dns::SendId id = 0;
    std::optional<Bytes> reply;  // otherwise the send is over
    dns::SendFailure failure = dns::SendFailure::no_answer;
  };

  // `settled` is called after c-ares has returned from work that the loop gave it: events may wait.
  CaresChannel(boost::asio::io_context& io, bool tcp, std::function<void()> settled);
  ~CaresChannel();
  CaresChannel(const CaresChannel&) = delete;
  CaresChannel& operator=(const CaresChannel&) = delete;

  // All sends of a channel that is not idle go to one server from one source.
  void send(const dns::UpstreamSend& send);
  void forget(dns::SendId id);
  bool tcp() const { return tcp_; }
  // Nothing is under way: another server may be given.
  bool idle() const { return exchanges_.empty(); }
  bool has_events() const { return !events_.empty(); }
  std::vector<Event> take_events();
  // Whether a send could share this channel with those under way.
  bool fits(const dns::UpstreamSend& send) const {
    return tcp_ == send.tcp && server_ == send.server && source_ == send.source;
  }
  std::size_t load() const { return exchanges_.size(); }

 private:
  struct Exchange {
    CaresChannel* channel = nullptr;
    dns::SendId id = 0;
    std::uint16_t given_id = 0;  // of the message as it was given
    std::uint16_t sent_id = 0;   // of the message as c-ares sent it
    bool sent = false;
    bool forgotten = false;
  };
  struct Socket {
    explicit Socket(boost::asio::io_context& io) : descriptor(io) {}
    boost::asio::posix::stream_descriptor descriptor;
    bool wants_read = false;
    bool wants_write = false;
    bool read_pending = false;
    bool write_pending = false;
    Bytes stream;  // TCP: what came and is no whole message yet
  };

  // c-ares' callbacks
  static void on_state(void* channel, ares_socket_t fd, int readable, int writable);
  static void on_end(void* exchange, int status, int timeouts, unsigned char* message, int length);
  static ares_socket_t open_socket(int family, int type, int protocol, void* channel);
  static int close_socket(ares_socket_t fd, void* channel);
  static int connect_socket(ares_socket_t fd, const sockaddr* address, ares_socklen_t length, void* channel);
  static ares_ssize_t receive(ares_socket_t fd, void* buffer, std::size_t size, int flags, sockaddr* from,
                              ares_socklen_t* from_length, void* channel);
  static ares_ssize_t send_vector(ares_socket_t fd, const iovec* parts, int count, void* channel);

  bool use_server(const Endpoint& server);
  bool bind_source(int fd, int family) const;
  void wait(ares_socket_t fd, const std::shared_ptr<Socket>& socket);
  void ready(ares_socket_t read, ares_socket_t write);
  void take_stream(Socket& socket);
  void take_message(ByteView message);
  // False when this message went out before: c-ares wants to repeat it, which is not its business here.
  bool note_sent(ByteView message);

  boost::asio::io_context& io_;
  bool tcp_;
  std::function<void()> settled_;
  ares_channel handle_ = nullptr;
  Endpoint server_;
  dns::UpstreamSource source_;
  std::map<ares_socket_t, std::shared_ptr<Socket>> sockets_;
  std::map<dns::SendId, std::unique_ptr<Exchange>> exchanges_;
  Exchange* latest_ = nullptr;  // the one that c-ares is sending
  std::vector<Event> events_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace swapmasq::upstream
