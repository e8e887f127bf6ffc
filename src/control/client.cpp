#include "control/client.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include "control/protocol.hpp"

namespace swapmasq::control {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Stream = asio::local::stream_protocol;
using Kind = AskError::Kind;

Kind kind_of(const error_code& error) {
  switch (error.value()) {
    case ENOENT:
    case ENOTDIR:
    case ECONNREFUSED:
      return Kind::absent;
    case EACCES:
    case EPERM:
      return Kind::forbidden;
    default:
      return Kind::silent;
  }
}

// How long connect(2) waits for a place in the queue of a busy daemon.
void limit_connecting(Stream::socket& socket, std::chrono::seconds patience) {
  const timeval limit{.tv_sec = patience.count(), .tv_usec = 0};
  setsockopt(socket.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

}  // namespace

Result<std::string, AskError> ask(const std::string& path, std::string_view command, std::chrono::seconds patience) {
  if (path.size() >= sizeof(sockaddr_un::sun_path)) return tl::unexpected(AskError{Kind::absent, ""});
  asio::io_context context;
  Stream::socket socket{context};
  error_code error;
  socket.open(Stream{}, error);
  if (!error) limit_connecting(socket, patience);
  if (!error) socket.connect(Stream::endpoint{path}, error);
  if (error) return tl::unexpected(AskError{kind_of(error), error.message()});

  const auto request = make_request(command);
  std::string answer;
  error = asio::error::timed_out;
  // Whoever may not ask is answered before his request is read, so a failed write does not mean that nothing comes.
  asio::async_write(socket, asio::buffer(request), [&](const error_code&, std::size_t) {
    asio::async_read(socket, asio::dynamic_buffer(answer, longest_head + longest_body),
                     [&](const error_code& end, std::size_t) { error = end; });
  });
  context.run_for(patience);
  // What a read that is still under way has of the buffer means nothing.
  if (error == asio::error::timed_out) return tl::unexpected(AskError{Kind::silent, error.message()});

  const auto reply = read_reply(to_bytes(answer));
  if (!reply) {
    const bool incomplete = reply.error() == ReplyError::incomplete;
    return tl::unexpected(AskError{incomplete ? Kind::silent : Kind::other_version, error.message()});
  }
  if (!reply->ok) return tl::unexpected(AskError{Kind::refused, reply->text});
  return reply->text;
}

}  // namespace swapmasq::control
