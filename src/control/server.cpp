#include "control/server.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <sys/socket.h>
#include <utility>

#include "control/protocol.hpp"

namespace swapmasq::control {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Stream = asio::local::stream_protocol;

std::optional<uid_t> user_behind(int socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
  return peer.uid;
}

}  // namespace

struct Server::Impl : std::enable_shared_from_this<Impl> {
  Impl(asio::io_context& context, io::Descriptor socket, Limits the_limits, Admission admission, Handler the_handler)
      : acceptor(context, Stream{}, socket.release()),
        limits(the_limits),
        admits(std::move(admission)),
        handler(std::move(the_handler)) {}

  void accept();
  void take(Stream::socket socket);
  void left();
  std::string reply_to(ByteView line) const;

  Stream::acceptor acceptor;
  Limits limits;
  Admission admits;
  Handler handler;
  std::size_t open = 0;
  bool accepting = false;
};

namespace {

// One request and its reply. Lives as long as something is under way.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Stream::socket socket, std::chrono::seconds lifetime, std::function<void()> left)
      : socket_(std::move(socket)), lifetime_(socket_.get_executor(), lifetime), left_(std::move(left)) {}
  ~Connection() { left_(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start(std::function<std::string(ByteView line)> reply) {
    lifetime_.async_wait([weak = weak_from_this()](const error_code& error) {
      if (const auto self = weak.lock(); self && !error) self->close();
    });
    asio::async_read_until(
        socket_, asio::dynamic_buffer(request_, longest_request), '\n',
        [self = shared_from_this(), reply = std::move(reply)](const error_code& error, std::size_t size) {
          if (!error) return self->send(reply(to_bytes(self->request_.substr(0, size - 1))));
          if (error == asio::error::not_found) return self->send(make_error_reply("request too long"));
          self->close();
        });
  }

  void send(std::string reply) {
    reply_ = std::move(reply);
    asio::async_write(socket_, asio::buffer(reply_),
                      [self = shared_from_this()](const error_code&, std::size_t) { self->close(); });
  }

 private:
  void close() {
    error_code ignored;
    lifetime_.cancel(ignored);
    socket_.close(ignored);
  }

  Stream::socket socket_;
  asio::steady_timer lifetime_;
  std::function<void()> left_;
  std::string request_;
  std::string reply_;
};

}  // namespace

void Server::Impl::accept() {
  if (accepting || open >= limits.connections || !acceptor.is_open()) return;
  accepting = true;
  acceptor.async_accept([self = shared_from_this()](const error_code& error, Stream::socket socket) {
    self->accepting = false;
    if (!self->acceptor.is_open()) return;
    if (!error) self->take(std::move(socket));
    self->accept();
  });
}

void Server::Impl::take(Stream::socket socket) {
  const auto user = user_behind(socket.native_handle());
  ++open;
  const auto connection = std::make_shared<Connection>(std::move(socket), limits.lifetime, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->left();
  });
  if (!user || !admits(*user)) return connection->send(make_error_reply("permission denied"));
  connection->start([self = shared_from_this()](ByteView line) { return self->reply_to(line); });
}

void Server::Impl::left() {
  --open;
  accept();
}

std::string Server::Impl::reply_to(ByteView line) const {
  const auto command = read_request(line);
  if (!command) {
    return make_error_reply(command.error() == RequestError::other_version
                                ? "this version of the protocol is not spoken"
                                : "malformed request");
  }
  const auto body = handler(*command);
  return body ? make_reply(*body) : make_error_reply(body.error());
}

Server::Server(io::Loop& loop, io::Descriptor socket, Limits limits, Admission admits, Handler handler)
    : impl_(std::make_shared<Impl>(loop.context(), std::move(socket), limits, std::move(admits), std::move(handler))) {
  impl_->accept();
}

Server::~Server() {
  error_code ignored;
  impl_->acceptor.close(ignored);
}

}  // namespace swapmasq::control
