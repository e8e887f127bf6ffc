#include "dhcp/arrival.hpp"

#include <algorithm>

#include "dhcp/newest_first.hpp"
#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {

TransactionPtr Arrival::receive(const Packet& packet, const net::Interfaces& interfaces, TimePoint now) {
  auto t = std::make_unique<Transaction>();
  t->datagram.assign(packet.bytes.begin(), packet.bytes.end());
  const auto message = wire::Dhcp4Message::parse(t->datagram);
  if (!message) return nullptr;
  t->message = *message;
  auto& header = t->message.header;

  const auto* arrival = net::find_interface(interfaces, packet.interface_index);
  if (!arrival) return nullptr;
  t->received = now;
  t->arrival_interface = arrival->index;
  t->source = packet.source;
  t->unicast = packet.destination != limited_broadcast;
  t->pxe_port = packet.pxe_port;
  if (header.giaddr == limited_broadcast) {
    t->reply_to_source = true;
    header.giaddr = {};
  }
  t->loopback = header.giaddr.unspecified() && arrival->loopback;

  const auto* interface = bridged(interfaces, *arrival);
  if (!interface || !served(*interface)) return nullptr;
  t->interface = interface->name;
  const auto local = access_.dhcp4_local_address(*interface);
  if (!local) return nullptr;
  t->local = local->address.v4();
  t->candidates = ranges_.of_interface(interfaces, *interface, t->local);
  if (settings_.tftp.enabled) t->tftp_addresses = tftp_addresses(interfaces);
  return t;
}

// The interface that bridge-interface puts in the place of this one; null: it is not there.
const net::Interface* Arrival::bridged(const net::Interfaces& interfaces, const net::Interface& arrival) const {
  for (const auto& line : NewestFirst{settings_.dhcp.bridge_interfaces}) {
    if (std::ranges::none_of(line.aliases, [&](const auto& a) { return net::matches_pattern(a, arrival.name); })) {
      continue;
    }
    const auto* bridge = net::find_interface(interfaces, line.interface);
    if (!bridge) log_.write(log::dhcp_unknown_bridge(line.interface));
    return bridge;
  }
  return &arrival;
}

bool Arrival::served(const net::Interface& interface) const {
  if (interface.primary_ipv4()) return !access_.dhcp4_forbidden(interface.name);
  if (access_.accepts(interface.name, interface.loopback, Ipv4{})) log_.write(log::dhcp_no_address(interface.name));
  return false;
}

std::vector<Ipv4> Arrival::tftp_addresses(const net::Interfaces& interfaces) const {
  std::vector<Ipv4> found;
  for (const auto& each : interfaces) {
    if (!access_.tftp_on_bound_address(settings_.tftp, each.name)) continue;
    for (const auto& address : each.addresses) {
      if (address.address.is_v4() && access_.accepts(each.name, each.loopback, address.address)) {
        found.push_back(address.address.v4());
      }
    }
  }
  return found;
}

}  // namespace swapmasq::dhcp
