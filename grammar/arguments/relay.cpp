#include "grammar/arguments/relay.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "grammar/arguments/split.hpp"
#include "grammar/arguments/values.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::grammar {
namespace {

using settings::DhcpRelay;

constexpr std::uint16_t server_port6 = 547;                  // RFC 8415 section 7.2
constexpr std::string_view all_dhcp6_servers = "ff05::1:3";  // RFC 8415 section 7.1

// The fields of either relay option: two, and the rest of the line.
struct RelayFields {
  std::string_view local;
  std::string_view server;
  std::optional<std::string_view> third;
};

std::optional<RelayFields> relay_fields(std::string_view argument) {
  const auto [local, more] = cut_at(argument, ',');
  if (!more) return std::nullopt;
  const auto [server, third] = cut_at(*more, ',');
  return RelayFields{local, server, third};
}

// "address[#port]", of the family of the relay's own address; a bad port is no port.
bool take_server(std::string_view text, DhcpRelay& relay) {
  const auto [address_text, port_text] = cut_at(text, '#');
  const auto address = IpAddress::parse(address_text);
  if (!address || address->is_v4() != relay.local.is_v4()) return false;
  relay.server = *address;
  if (port_text) relay.port = number16(*port_text).value_or(relay.port);
  return true;
}

// A relay that only knows its own address.
std::optional<DhcpRelay> relay_at(std::string_view text) {
  const auto local = IpAddress::parse(text);
  if (!local) return std::nullopt;
  DhcpRelay relay;
  relay.local = *local;
  if (!local->is_v4()) {
    relay.server = Ipv6::parse(all_dhcp6_servers).value_or(Ipv6{});
    relay.port = server_port6;
  }
  return relay;
}

}  // namespace

Result<DhcpRelay> parse_dhcp_relay(std::string_view argument) {
  const auto fields = relay_fields(argument);
  auto relay = fields ? relay_at(fields->local) : std::nullopt;
  if (!relay) return refused("Bad dhcp-relay");
  if (take_server(fields->server, *relay)) {
    relay->interface = unquote(fields->third.value_or(""));
    return *std::move(relay);
  }
  // Only an interface, whose servers are reached by broadcast.
  if (fields->third || fields->server.find('*') != std::string_view::npos) return refused("Bad dhcp-relay");
  relay->interface = unquote(cut_at(fields->server, '#').first);
  return *std::move(relay);
}

Result<DhcpRelay> parse_dhcp_split_relay(std::string_view argument) {
  const auto fields = relay_fields(argument);
  auto relay = fields && fields->third ? relay_at(fields->local) : std::nullopt;
  if (!relay || !relay->local.is_v4() || !take_server(fields->server, *relay)) return refused("Bad dhcp-relay");
  if (fields->third->find('*') != std::string_view::npos) return refused("Bad dhcp-relay");
  relay->split = true;
  if (const auto uplink = Ipv4::parse(unquote(*fields->third)))
    relay->uplink = *uplink;
  else
    relay->interface = unquote(*fields->third);
  return *std::move(relay);
}

Result<std::vector<Ipv4>> parse_dhcp_proxy(std::string_view argument) {
  std::vector<Ipv4> addresses;
  for (const std::string_view text : split_at(argument, ',')) {
    const auto address = Ipv4::parse(text);
    if (!address) return refused("bad dhcp-proxy address");
    addresses.push_back(*address);
  }
  return addresses;
}

Result<SharedNetworkLine> parse_shared_network(std::string_view argument, const Lookup& lookup) {
  const auto [place, shared_text] = cut_at(argument, ',');
  const auto shared = IpAddress::parse(shared_text.value_or(""));
  if (!shared) return refused("bad shared-network");
  const auto address = IpAddress::parse(place);
  if (address && address->is_v4() != shared->is_v4()) return refused("bad shared-network");
  std::string interface = address ? "" : unquote(place);
  if (!address && lookup.interface_index(interface) == 0) return refused("bad shared-network");
  if (shared->is_v4())
    return settings::SharedNetwork{std::move(interface), address ? address->v4() : Ipv4{}, shared->v4()};
  return settings::SharedNetwork6{std::move(interface), address ? address->v6() : Ipv6{}, shared->v6()};
}

Result<settings::BridgeInterface> parse_bridge_interface(std::string_view argument) {
  const auto [interface, aliases] = cut_at(argument, ',');
  settings::BridgeInterface bridge{unquote(interface), {}};
  if (!aliases || bridge.interface.size() > longest_interface_name) return refused("bad bridge-interface");
  for (const std::string_view text : split_at(*aliases, ',')) {
    std::string alias = unquote(text);
    if (!alias.empty() && alias.size() <= longest_interface_name) bridge.aliases.push_back(std::move(alias));
  }
  return bridge;
}

}  // namespace swapmasq::grammar
