#include "control/protocol.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>

#include "wire/reader.hpp"

namespace swapmasq::control {

namespace {

constexpr std::string_view protocol_name = "swapmasq-control ";

// A decimal number and nothing else.
std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Cuts the next word off, with the space behind it.
std::string_view take_word(std::string_view& text) {
  const auto word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  return word;
}

// True when the line begins with the protocol's name and a version, which are cut off; nothing when it does not.
std::optional<bool> take_version(std::string_view& line) {
  if (!line.starts_with(protocol_name)) return std::nullopt;
  line.remove_prefix(protocol_name.size());
  const auto version = number(take_word(line));
  if (!version) return std::nullopt;
  return *version == protocol_version;
}

bool command_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == ' '; }

}  // namespace

std::string make_request(std::string_view command) {
  return fmt::format("{}{} {}\n", protocol_name, protocol_version, command);
}

Result<std::string, RequestError> read_request(ByteView line) {
  if (line.size() >= longest_request) return tl::unexpected(RequestError::malformed);
  const auto text = to_text(line);
  std::string_view rest = text;
  const auto known = take_version(rest);
  if (!known) return tl::unexpected(RequestError::malformed);
  if (!*known) return tl::unexpected(RequestError::other_version);
  const bool sound = !rest.empty() && rest.front() != ' ' && rest.back() != ' ' &&
                     rest.find("  ") == std::string_view::npos &&
                     std::all_of(rest.begin(), rest.end(), command_character);
  if (!sound) return tl::unexpected(RequestError::malformed);
  return std::string{rest};
}

std::string make_reply(std::string_view body) {
  if (body.size() > longest_body) return make_error_reply("the answer is too long");
  return fmt::format("{}{} ok {}\n{}", protocol_name, protocol_version, body.size(), body);
}

std::string make_error_reply(std::string_view text) {
  auto line = fmt::format("{}{} error {}", protocol_name, protocol_version, printable(to_bytes(text)));
  line.resize(std::min(line.size(), longest_head - 1));
  return line + "\n";
}

Result<Reply, ReplyError> read_reply(ByteView octets) {
  const auto begin = octets.first(std::min(octets.size(), longest_head));
  const auto newline = std::find(begin.begin(), begin.end(), '\n');
  if (newline == begin.end()) {
    return tl::unexpected(octets.size() < longest_head ? ReplyError::incomplete : ReplyError::malformed);
  }
  wire::Reader in{octets};
  const auto head = to_text(*in.bytes(static_cast<std::size_t>(newline - begin.begin())));
  in.skip(1);
  std::string_view rest = head;
  const auto known = take_version(rest);
  if (!known) return tl::unexpected(ReplyError::malformed);
  if (!*known) return tl::unexpected(ReplyError::other_version);
  const auto word = take_word(rest);
  if (word == "error") return Reply{false, std::string{rest}};
  const auto size = word == "ok" ? number(rest) : std::nullopt;
  if (!size || *size > longest_body) return tl::unexpected(ReplyError::malformed);
  if (in.left() < *size) return tl::unexpected(ReplyError::incomplete);
  return Reply{true, to_text(*in.bytes(*size))};
}

}  // namespace swapmasq::control
