#include "dns/hosts_file.hpp"

#include <algorithm>

namespace swapmasq::dns {

namespace {

constexpr std::string_view white_space = " \t\r\v\f";

// The next white-space separated token, taken off `line`; empty at the end.
std::string_view next_token(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(white_space), line.size()));
  const auto token = line.substr(0, line.find_first_of(white_space));
  line.remove_prefix(token.size());
  return token;
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; });
}

void parse_line(std::string_view line, std::size_t number, const CanonicaliseName& canonicalise, HostsSink& sink) {
  line = line.substr(0, line.find('#'));
  const auto first = next_token(line);
  if (first.empty()) return;
  const auto address = IpAddress::parse(first);
  if (!address) return sink.bad_address(number);
  for (auto token = next_token(line); !token.empty(); token = next_token(line)) {
    const bool dotted = token.find('.') != std::string_view::npos;
    if (token.ends_with('.')) token.remove_suffix(1);
    const auto name = has_control_character(token) ? std::nullopt : canonicalise(token);
    if (name)
      sink.host(*address, *name, dotted);
    else
      sink.bad_name(number);
  }
}

}  // namespace

void parse_hosts(std::string_view text, const CanonicaliseName& canonicalise, HostsSink& sink) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto line = text.substr(0, text.find('\n'));
    parse_line(line, number, canonicalise, sink);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
}

}  // namespace swapmasq::dns
