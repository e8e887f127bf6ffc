#include "io/message_server.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/system_timer.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <cstring>
#include <deque>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <sys/socket.h>
#include <unordered_set>
#include <utility>
#include <vector>

#include "io/socket_address.hpp"

namespace swapmasq::io {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

struct MessageServer::Impl : std::enable_shared_from_this<Impl> {
  Impl(asio::io_context& io, Limits limits_, std::function<bool(MessageConnection&)> accepted_,
       std::function<void(const Connection&, ByteView)> received_)
      : context(io), limits(limits_), accepted(std::move(accepted_)), received(std::move(received_)) {}

  struct Listener {
    std::uint64_t key;
    tcp::acceptor acceptor;
    bool waiting = false;
  };

  void accept_more();
  void wait(const std::shared_ptr<Listener>& listener);
  void take(Listener& listener);
  void left(MessageConnection* connection);

  asio::io_context& context;
  Limits limits;
  std::function<bool(MessageConnection&)> accepted;
  std::function<void(const Connection&, ByteView)> received;
  std::list<std::shared_ptr<Listener>> listeners;
  std::unordered_set<MessageConnection*> open;
  std::size_t most_open = 0;  // since take_use()
  bool ended = false;
};

namespace {

// The kernel keeps the packet info of the first segment with the connection.
unsigned arrival_interface_of(int fd) {
  const int on = 1;
  if (setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on) != 0) return 0;
  alignas(cmsghdr) std::array<char, 256> control{};
  socklen_t length = control.size();
  if (getsockopt(fd, IPPROTO_IP, IP_PKTOPTIONS, control.data(), &length) != 0) return 0;
  msghdr message{};
  message.msg_control = control.data();
  message.msg_controllen = length;
  for (auto* c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level != IPPROTO_IP || c->cmsg_type != IP_PKTINFO) continue;
    in_pktinfo info{};
    std::memcpy(&info, CMSG_DATA(c), sizeof info);
    return static_cast<unsigned>(info.ipi_ifindex);
  }
  return 0;
}

class TcpConnection : public MessageConnection, public std::enable_shared_from_this<TcpConnection> {
 public:
  TcpConnection(tcp::socket socket, const Endpoint& peer, const Endpoint& local, const MessageServer::Limits& limits,
                std::function<void(const MessageServer::Connection&, ByteView)> received,
                std::function<void(MessageConnection*)> left)
      : socket_(std::move(socket)),
        lifetime_(socket_.get_executor(), limits.lifetime),
        peer_(peer),
        local_(local),
        arrival_interface_(local.address.is_v4() ? arrival_interface_of(socket_.native_handle()) : 0),
        limits_(limits),
        received_(std::move(received)),
        left_(std::move(left)) {}

  ~TcpConnection() override { left_(this); }
  TcpConnection(const TcpConnection&) = delete;
  TcpConnection& operator=(const TcpConnection&) = delete;

  const Endpoint& peer() const override { return peer_; }
  const Endpoint& local() const override { return local_; }
  unsigned arrival_interface() const override { return arrival_interface_; }

  void start() {
    lifetime_.async_wait([weak = weak_from_this()](const error_code& error) {
      if (const auto self = weak.lock(); self && !error) self->close();
    });
    resume();
  }

  void resume() override {
    const auto alive = std::exchange(unanswered_, nullptr);
    if (count_ == limits_.messages) {
      finish();
      return;
    }
    asio::async_read(socket_, asio::buffer(length_), [self = shared_from_this()](const error_code& error, std::size_t) {
      if (!error) self->read_message();
    });
  }

  void send(ByteView message) override {
    Bytes framed{static_cast<std::uint8_t>(message.size() >> 8), static_cast<std::uint8_t>(message.size())};
    framed.insert(framed.end(), message.begin(), message.end());
    outgoing_.push_back(std::move(framed));
    if (outgoing_.size() == 1) write_first();
  }

  void close() override {
    const auto alive = std::exchange(unanswered_, nullptr);
    error_code ignored;
    lifetime_.cancel(ignored);
    socket_.close(ignored);
  }

 private:
  void read_message() {
    const std::size_t size = (std::size_t{length_[0]} << 8) | length_[1];
    if (size == 0 || size > limits_.largest) {
      finish();
      return;
    }
    message_.resize(size);
    asio::async_read(socket_, asio::buffer(message_),
                     [self = shared_from_this()](const error_code& error, std::size_t) {
                       if (error) return;
                       ++self->count_;
                       self->unanswered_ = self;
                       self->received_(self, self->message_);
                     });
  }

  void write_first() {
    asio::async_write(socket_, asio::buffer(outgoing_.front()),
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                        if (error) {
                          self->close();
                          return;
                        }
                        self->outgoing_.pop_front();
                        if (!self->outgoing_.empty()) {
                          self->write_first();
                        } else if (self->finishing_) {
                          self->close();
                        }
                      });
  }

  // Closes once everything is written.
  void finish() {
    finishing_ = true;
    if (outgoing_.empty()) close();
  }

  tcp::socket socket_;
  asio::system_timer lifetime_;
  Endpoint peer_;
  Endpoint local_;
  unsigned arrival_interface_;
  MessageServer::Limits limits_;
  std::function<void(const MessageServer::Connection&, ByteView)> received_;
  std::function<void(MessageConnection*)> left_;
  std::array<std::uint8_t, 2> length_{};
  Bytes message_;
  std::deque<Bytes> outgoing_;
  std::size_t count_ = 0;
  // Keeps the connection alive while somebody thinks about the answer and nothing is being read.
  std::shared_ptr<TcpConnection> unanswered_;
  bool finishing_ = false;
};

}  // namespace

Result<Descriptor, int> listen_tcp(const Endpoint& local, int backlog) {
  const bool v4 = local.address.is_v4();
  Descriptor fd{::socket(v4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
  const int on = 1;
  const int fast_open_queue = 5;
  const SocketAddress address{local};
  if (!fd || setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
      (!v4 && setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) != 0) ||
      ::bind(fd.get(), address.get(), address.length) != 0) {
    return tl::unexpected(errno);
  }
  setsockopt(fd.get(), IPPROTO_TCP, TCP_FASTOPEN, &fast_open_queue, sizeof fast_open_queue);
  if (::listen(fd.get(), backlog) != 0) return tl::unexpected(errno);
  return fd;
}

void MessageServer::Impl::accept_more() {
  for (const auto& listener : listeners) {
    if (!listener->waiting && open.size() < limits.connections) wait(listener);
  }
}

void MessageServer::Impl::wait(const std::shared_ptr<Listener>& listener) {
  listener->waiting = true;
  listener->acceptor.async_wait(tcp::acceptor::wait_read,
                                [self = shared_from_this(), listener](const error_code& error) {
                                  listener->waiting = false;
                                  if (error || self->ended) return;
                                  self->take(*listener);
                                  self->accept_more();
                                });
}

void MessageServer::Impl::take(Listener& listener) {
  error_code error;
  auto socket = listener.acceptor.accept(error);
  if (error) return;
  const auto peer = remote_endpoint(socket.native_handle());
  const auto local = local_endpoint(socket.native_handle());
  if (!peer || !local) return;
  const auto connection =
      std::make_shared<TcpConnection>(std::move(socket), *peer, *local, limits, received,
                                      [self = shared_from_this()](auto* gone) { self->left(gone); });
  open.insert(connection.get());
  most_open = std::max(most_open, open.size());
  if (accepted(*connection)) connection->start();
}

void MessageServer::Impl::left(MessageConnection* connection) {
  open.erase(connection);
  if (!ended) accept_more();
}

MessageServer::MessageServer(Loop& loop, Limits limits, std::function<bool(MessageConnection&)> accepted,
                             std::function<void(const Connection&, ByteView)> received)
    : impl_(std::make_shared<Impl>(loop.context(), limits, std::move(accepted), std::move(received))) {}

MessageServer::~MessageServer() {
  impl_->ended = true;
  impl_->listeners.clear();
  // Connections whose query is not answered keep themselves alive.
  for (auto* const connection : std::vector(impl_->open.begin(), impl_->open.end())) connection->close();
}

MessageServer::Use MessageServer::take_use() {
  return {impl_->open.size(), std::exchange(impl_->most_open, impl_->open.size())};
}

void MessageServer::serve(std::uint64_t key, Descriptor listener) {
  const auto local = local_endpoint(listener.get());
  const bool v4 = !local || local->address.is_v4();
  // Asio owns the descriptor from here on.
  tcp::acceptor acceptor(impl_->context, v4 ? tcp::v4() : tcp::v6(), listener.release());
  impl_->listeners.push_back(std::make_shared<Impl::Listener>(Impl::Listener{key, std::move(acceptor)}));
  impl_->accept_more();
}

void MessageServer::stop(std::uint64_t key) {
  impl_->listeners.remove_if([&](const auto& listener) {
    if (listener->key != key) return false;
    error_code ignored;
    listener->acceptor.close(ignored);
    return true;
  });
}

}  // namespace swapmasq::io
