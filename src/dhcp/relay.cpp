#include "dhcp/relay.hpp"

#include <algorithm>
#include <utility>

#include "dhcp/delivery.hpp"
#include "dhcp/newest_first.hpp"
#include "dhcp/relay_agent.hpp"
#include "log/dhcp_relay_lines.hpp"
#include "net/access.hpp"
#include "wire/writer.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;
using settings::DhcpRelay;

constexpr std::uint8_t most_hops = 20;
// What is put behind the options of a request by a split relay has to fit into a message that every server takes.
constexpr std::size_t smallest_message = 548, split_room = 24;
constexpr std::size_t hops_position = 3, giaddr_position = 24;

bool has_address(const net::Interface& interface, Ipv4 address) {
  return std::ranges::any_of(interface.addresses, [&](const auto& own) { return own.address == IpAddress{address}; });
}

std::optional<Ipv4> primary_address(const net::Interface& interface) {
  const auto* primary = interface.primary_ipv4();
  return primary ? std::optional{primary->address.v4()} : std::nullopt;
}

// Under which address a split relay talks to its server.
std::optional<Ipv4> uplink_address(const DhcpRelay& relay, const net::Interfaces& interfaces) {
  if (relay.interface.empty()) return relay.uplink.v4();
  const auto* interface = net::find_interface(interfaces, std::string_view{relay.interface});
  return interface ? primary_address(*interface) : std::nullopt;
}

void put_address(wire::Writer& out, std::size_t position, Ipv4 address) {
  for (const auto octet : address.octets()) out.put_u8_at(position++, octet);
}

// The request one hop further on.
wire::Writer copy_of(const Transaction& t, Ipv4 giaddr) {
  wire::Writer out;
  out.bytes(t.datagram);
  out.put_u8_at(hops_position, static_cast<std::uint8_t>(t.message.header.hops + 1));
  put_address(out, giaddr_position, giaddr);
  return out;
}

// Where an option, or END, begins; nothing when it is not there, or not wholly.
std::optional<std::size_t> option_position(ByteView message, std::uint8_t wanted) {
  wire::Reader in{message};
  if (!in.seek(dhcp4::options_offset)) return std::nullopt;
  for (auto position = in.position(); const auto code = in.u8(); position = in.position()) {
    if (*code == wanted) return position;
    if (*code == dhcp4::pad) continue;
    const auto size = in.u8();
    if (*code == dhcp4::end || !size || !in.skip(*size)) return std::nullopt;
  }
  return std::nullopt;
}

void put_agent_information(wire::Writer& out, Ipv4 local, bool unicast, unsigned interface) {
  constexpr std::uint8_t unicast_flag = 0x80;  // RFC 5010
  wire::Writer data;
  for (const auto code : {agent::link_selection, agent::server_id_override}) {
    data.u8(code);
    data.u8(sizeof local.value);
    data.ipv4(local);
  }
  data.u8(agent::flags);
  data.u8(1);
  data.u8(unicast ? unicast_flag : 0);
  data.u8(agent::remote_id);
  data.u8(sizeof(std::uint32_t));
  data.u32(interface);
  out.u8(dhcp4::agent_information);
  out.u8(static_cast<std::uint8_t>(data.size()));
  out.bytes(data.view());
}

}  // namespace

Relay::Relay(const settings::Dhcp& dhcp, log::Log& log) : dhcp_(dhcp), log_(log) {
  for (const auto& relay : NewestFirst{dhcp.relays}) lines_.push_back({&relay});
}

void Relay::log_relays() const {
  for (const auto& line : lines_) log_.write(log::dhcp_relay(*line.config));
}

std::vector<Send> Relay::to_servers(Transaction& t, const net::Interfaces& interfaces) {
  std::vector<Send> copies;
  if (t.pxe_port || t.message.header.op != dhcp4::boot_request) return copies;
  if (t.message.header.hops > most_hops) {
    ++t.message.header.hops;  // which shows in our own reply
    return copies;
  }
  for (auto& line : lines_) {
    if (!takes(line, t, interfaces)) continue;
    auto copy = line.config->split ? forward_split(line, t, interfaces) : forward(line, t, interfaces);
    if (copy) copies.push_back(std::move(*copy));
  }
  return copies;
}

bool Relay::takes(Line& line, const Transaction& t, const net::Interfaces& interfaces) {
  const auto* interface = net::find_interface(interfaces, std::string_view{t.interface});
  if (!interface) return false;
  const auto local = line.local();
  if (line.config->split) return t.local == local;
  if (!has_address(*interface, local)) return false;
  const auto owners = std::ranges::count_if(interfaces, [&](const auto& each) { return has_address(each, local); });
  if (owners > 1 && !std::exchange(line.warned, true)) log_.write(log::dhcp_relay_ambiguous(local));
  line.client_interface = t.arrival_interface;
  return true;
}

std::optional<Send> Relay::forward(const Line& line, const Transaction& t, const net::Interfaces& interfaces) const {
  const auto& relay = *line.config;
  const auto giaddr = t.message.header.giaddr;
  if (giaddr == line.local()) return std::nullopt;
  Send send;
  send.source = line.local();
  send.port = relay.port;
  send.destination = relay.server.v4();
  if (relay.server.unspecified()) {
    const auto* interface = net::find_interface(interfaces, std::string_view{relay.interface});
    const auto* primary = interface ? interface->primary_ipv4() : nullptr;
    if (!primary) {
      log_.write(log::dhcp_relay_cannot_broadcast(relay.interface, "No such device"));
      return std::nullopt;
    }
    send.egress_interface = interface->index;
    send.destination = primary->broadcast;
  }
  send.bytes = copy_of(t, giaddr.unspecified() ? line.local() : giaddr).take();
  if (dhcp_.log_dhcp) log_.write(log::dhcp_relayed(relay));
  return send;
}

std::optional<Send> Relay::forward_split(const Line& line, const Transaction& t,
                                         const net::Interfaces& interfaces) const {
  const auto& relay = *line.config;
  const auto uplink = uplink_address(relay, interfaces);
  if (!uplink) {
    log_.write(log::dhcp_relay_cannot_send(relay.interface, "No such device"));
    return std::nullopt;
  }
  const auto giaddr = t.message.header.giaddr;
  if (giaddr == *uplink) return std::nullopt;
  auto out = copy_of(t, giaddr.unspecified() ? *uplink : giaddr);
  if (giaddr.unspecified()) {
    const auto end = option_position(out.view(), dhcp4::end);
    if (!end || *end + split_room > smallest_message) return std::nullopt;
    out.roll_back(*end);
    const auto* interface = net::find_interface(interfaces, std::string_view{t.interface});
    put_agent_information(out, line.local(), t.unicast, interface ? interface->index : t.arrival_interface);
    out.u8(dhcp4::end);
  }
  if (dhcp_.log_dhcp) log_.write(log::dhcp_relayed(relay));
  Send send;
  send.source = *uplink;
  send.port = relay.port;
  send.destination = relay.server.v4();
  send.bytes = out.take();
  return send;
}

std::optional<Send> Relay::to_client(const Packet& packet, const net::Interfaces& interfaces) const {
  if (lines_.empty() || packet.pxe_port) return std::nullopt;
  const auto message = wire::Dhcp4Message::parse(packet.bytes);
  const auto* arrival = net::find_interface(interfaces, packet.interface_index);
  if (!message || !arrival || message->header.op != dhcp4::boot_reply || message->header.giaddr.unspecified()) {
    return std::nullopt;
  }
  for (const auto& line : lines_) {
    if (auto send = deliver(line, packet, *message, *arrival, interfaces)) return send;
  }
  return std::nullopt;
}

std::optional<Send> Relay::deliver(const Line& line, const Packet& packet, const wire::Dhcp4Message& message,
                                   const net::Interface& arrival, const net::Interfaces& interfaces) const {
  const auto& relay = *line.config;
  const auto& header = message.header;
  if (!relay.interface.empty() && !net::matches_pattern(relay.interface, arrival.name)) return std::nullopt;
  wire::Writer out;
  out.bytes(packet.bytes);
  auto interface = line.client_interface;
  if (relay.split) {
    const auto remote = wire::find_dhcp4_option(agent_information(message), agent::remote_id, sizeof(std::uint32_t));
    if (uplink_address(relay, interfaces) != header.giaddr || !remote) return std::nullopt;
    interface = wire::Reader{*remote}.u32().value_or(0);
    if (const auto position = option_position(packet.bytes, dhcp4::agent_information)) {
      out.roll_back(*position);
      out.u8(dhcp4::end);
      out.fill(packet.bytes.size() - out.size());
    }
  } else if (header.giaddr != line.local()) {
    return std::nullopt;
  }
  if (!net::find_interface(interfaces, interface)) return std::nullopt;
  Send send;
  if (header.ciaddr.unspecified()) {
    deliver_on_link(send, header, interface, dhcp_.client_port);
  } else {
    send.destination = header.ciaddr;
    send.port = dhcp_.client_port;
  }
  send.bytes = out.take();
  return send;
}

}  // namespace swapmasq::dhcp
