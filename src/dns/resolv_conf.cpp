#include "dns/resolv_conf.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace swapmasq::dns {

namespace {

constexpr std::uint16_t dns_port = 53;

std::string_view next_token(std::string_view& line) {
  constexpr std::string_view blanks = " \t";
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  const auto token = line.substr(0, line.find_first_of(blanks));
  line.remove_prefix(token.size());
  return token;
}

std::uint32_t scope_id(std::string_view scope, const net::Interfaces& interfaces) {
  const auto found = std::ranges::find(interfaces, scope, &net::Interface::name);
  if (found != interfaces.end()) return found->index;
  std::uint32_t number = 0;
  std::from_chars(scope.data(), scope.data() + scope.size(), number);
  return number;
}

std::optional<Endpoint> server_of_line(std::string_view line, const net::Interfaces& interfaces) {
  const auto keyword = next_token(line);
  if (keyword != "nameserver" && keyword != "server") return std::nullopt;
  const auto token = next_token(line);
  const auto percent = token.find('%');
  const auto address = IpAddress::parse(token.substr(0, percent));
  if (!address || (percent != std::string_view::npos && address->is_v4())) return std::nullopt;
  return Endpoint{*address, dns_port,
                  percent == std::string_view::npos ? 0 : scope_id(token.substr(percent + 1), interfaces)};
}

}  // namespace

std::vector<Endpoint> parse_resolv_conf(std::string_view text, const net::Interfaces& interfaces) {
  std::vector<Endpoint> servers;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    if (const auto server = server_of_line(line, interfaces)) servers.push_back(*server);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return servers;
}

}  // namespace swapmasq::dns
