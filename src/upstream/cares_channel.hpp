// One c-ares channel: one server, one source, one socket, and the messages that share it. c-ares sees none of them: it
// is given a stand-in that is always the same but for its id, and the message takes its place on the way to the socket;
// replies are taken from the socket, and c-ares is shown a stand-in's reply when an exchange is over. For what c-ares
// does to messages depends on its version: old ones cut replies at 512 octets; new ones change ids, put cookies in,
// drop options and types that they do not know, and ask again without EDNS after a FORMERR. Nor does it see the
// server's address: new ones refuse some, and their time limits follow how long a server took to answer.
//
// Nothing is reported from inside c-ares: its functions must not be called from its callbacks, and whoever hears of a
// reply wants to send and to cancel. The channel collects, the owner asks with take_events() when c-ares has returned.
// For the same reason, and because many are sent with one system call, datagrams leave with flush().
#pragma once

#include <ares.h>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/bytes.hpp"
#include "dns/upstream_send.hpp"
#include "io/datagram_sender.hpp"
#include "upstream/datagram_batch.hpp"
#include "upstream/ready_sockets.hpp"
#include "upstream/upstream.hpp"

namespace swapmasq::upstream {

class CaresChannel : public ReadySockets::Listener, public std::enable_shared_from_this<CaresChannel> {
 public:
  struct Event {
    dns::SendId id = 0;
    std::optional<ByteView> reply;  // otherwise the send is over
    dns::SendFailure failure = dns::SendFailure::no_answer;
    Bytes storage;  // of a reply that came by TCP
  };

  class Owner {
   public:
    virtual ~Owner() = default;
    // c-ares has returned from work that the loop gave it: events may wait. May end the channel.
    virtual void settled(CaresChannel& channel) = 0;
  };

  // What all channels share; outlives them.
  struct Surroundings {
    ReadySockets& sockets;
    DatagramBatch& batch;
    io::DatagramSender& sender;
    std::vector<io::Outgoing>& datagrams;   // memory for those that leave
    std::function<std::uint32_t()> random;  // unpredictable: source ports, message ids
    Owner& owner;
    Tap* tap = nullptr;
  };

  enum class Kind {
    udp,         // the socket is closed when nothing is under way
    shared_udp,  // the socket lives as long as the channel
    tcp,         // the connection stays as long as the server likes
  };

  CaresChannel(const Surroundings& surroundings, Kind kind);
  ~CaresChannel() override;
  CaresChannel(const CaresChannel&) = delete;
  CaresChannel& operator=(const CaresChannel&) = delete;

  // All sends of a channel that is not idle go to one server from one source. Datagrams wait for flush().
  [[nodiscard]] std::optional<dns::Obstacle> send(const dns::UpstreamSend& send);
  void flush();
  void forget(dns::SendId id);
  // Of an idle channel: the next message has another socket, and the count begins anew.
  void close();

  bool tcp() const { return kind_ == Kind::tcp; }
  // TCP: the connection is there, and the server has answered what was asked last.
  bool reusable() const { return tcp_connection_ >= 0 && answered_; }
  // Nothing is under way: another server may be given.
  bool idle() const { return exchanges_.empty(); }
  // Of the last send.
  const Endpoint& server() const { return last_server_; }
  const dns::UpstreamSource& source() const { return source_; }
  // Messages given to send() since the socket was closed.
  std::size_t carried() const { return carried_; }
  bool has_events() const { return !events_.empty(); }
  // Replaces what `out` has. Replies are valid until the loop goes on.
  void take_events(std::vector<Event>& out);

 private:
  struct Exchange {
    CaresChannel* channel = nullptr;
    dns::SendId id = 0;
    std::uint16_t given_id = 0;     // of the message as it was given
    std::uint16_t sent_id = 0;      // of the message as it was sent
    std::uint16_t stand_in_id = 0;  // of what c-ares sent
    bool sent = false;
    bool forgotten = false;
  };
  // A datagram that waits for flush().
  struct Waiting {
    dns::SendId id = 0;
    std::size_t begin = 0;  // in outbox_
    std::size_t size = 0;
  };

  // ReadySockets::Listener
  void ready(int fd, bool readable, bool writable) override;

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
  void note_obstacle(bool source, int error);
  // What c-ares takes for the server from here on. It closes what it has open to the one before.
  bool use_placeholder(bool v4);
  // The message's id, if no message under way has it, or another one.
  std::optional<std::uint16_t> free_id(std::uint16_t wanted) const;
  void process(ares_socket_t read, ares_socket_t write);
  void receive_datagrams(int fd);
  ares_ssize_t receive_stream(ares_socket_t fd);
  void take_stream();
  // Whose reply this is.
  const Exchange* exchange_of(ByteView message) const;
  bool cancel_if_forgotten();
  // While others are under way.
  void end_forgotten();
  ares_ssize_t stand_in_reply(void* buffer, std::size_t size, sockaddr* from, ares_socklen_t* from_length);
  // True when the whole message has left; otherwise errno says why not.
  bool send_stream(ares_socket_t fd);
  void unsent(dns::SendId id);
  Endpoint local_end() const;

  const Surroundings& surroundings_;
  Kind kind_;
  ares_channel handle_ = nullptr;
  std::optional<Endpoint> server_;
  Endpoint placeholder_;
  Endpoint last_server_;
  dns::UpstreamSource source_;
  std::unordered_map<dns::SendId, Exchange> exchanges_;
  std::unordered_map<std::uint16_t, Exchange*> by_sent_id_;
  std::size_t forgotten_ = 0;
  std::vector<std::uint16_t> to_end_;  // stand-in ids of forgotten exchanges
  std::size_t carried_ = 0;
  Exchange* latest_ = nullptr;  // the one that c-ares is sending
  // While c-ares is given a message: whether it has ended the exchange, and what it met.
  struct Given {
    bool now = false;
    bool refused = false;
    bool no_source = false;
    int error = 0;
  };
  Given given_;
  int udp_ = -1;  // the open UDP socket
  int tcp_connection_ = -1;
  bool answered_ = false;
  std::vector<Waiting> waiting_;
  Bytes outbox_;           // TCP: what of the message is still to be written, behind its length
  int receive_error_ = 0;  // errno that c-ares has to hear of
  Bytes stream_;           // TCP: what came and is no whole message yet
  std::vector<Event> events_;
};

}  // namespace swapmasq::upstream
