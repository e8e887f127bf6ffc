#include "control/client.hpp"

#include <array>
#include <boost/asio/local/stream_protocol.hpp>
#include <cerrno>
#include <sys/un.h>

#include "control/protocol.hpp"

namespace swapmasq::control {

namespace {

using Stream = boost::asio::local::stream_protocol;
using Kind = AskError::Kind;

Kind kind_of(const boost::system::error_code& error) {
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

std::string read_all(Stream::iostream& stream) {
  constexpr std::size_t limit = longest_head + longest_body;
  std::string text;
  std::array<char, 65536> chunk{};
  while (text.size() < limit && stream) {
    stream.read(chunk.data(), chunk.size());
    text.append(chunk.data(), static_cast<std::size_t>(stream.gcount()));
  }
  return text;
}

}  // namespace

Result<std::string, AskError> ask(const std::string& path, std::string_view command, std::chrono::seconds patience) {
  if (path.size() >= sizeof(sockaddr_un::sun_path)) return tl::unexpected(AskError{Kind::absent, ""});
  Stream::iostream stream;
  stream.expires_after(patience);
  stream.connect(Stream::endpoint{path});
  if (!stream) return tl::unexpected(AskError{kind_of(stream.error()), stream.error().message()});
  stream << make_request(command) << std::flush;
  const auto reply = read_reply(to_bytes(read_all(stream)));
  if (!reply) {
    const bool incomplete = reply.error() == ReplyError::incomplete;
    return tl::unexpected(AskError{incomplete ? Kind::silent : Kind::other_version, stream.error().message()});
  }
  if (!reply->ok) return tl::unexpected(AskError{Kind::refused, reply->text});
  return reply->text;
}

}  // namespace swapmasq::control
