// What is said over the control socket: one request and one reply per connection.
//
//   request   "swapmasq-control 1 boots json\n"       name, version, command
//   reply     "swapmasq-control 1 ok 123\n", then 123 octets
//             "swapmasq-control 1 error <text>\n"
//
// The version changes when this framing does. Everything here is bounded, and errors are results.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace swapmasq::control {

inline constexpr unsigned protocol_version = 1;
inline constexpr std::size_t longest_request = 128;                 // octets, with the newline
inline constexpr std::size_t longest_head = 256;                    // of a reply: its first line, with the newline
inline constexpr std::size_t longest_body = std::size_t{16} << 20;  // octets

enum class RequestError { malformed, other_version };

std::string make_request(std::string_view command);
// `line` without its newline. The command: words of lower-case letters, digits and '-', separated by single spaces.
Result<std::string, RequestError> read_request(ByteView line);

// A body that is too long becomes an error reply.
std::string make_reply(std::string_view body);
// `text` is cut to what fits.
std::string make_error_reply(std::string_view text);

struct Reply {
  bool ok = false;
  std::string text;  // the body, or what went wrong
};
enum class ReplyError { malformed, other_version, incomplete };

// Everything that came until the server closed the connection.
Result<Reply, ReplyError> read_reply(ByteView octets);

}  // namespace swapmasq::control
