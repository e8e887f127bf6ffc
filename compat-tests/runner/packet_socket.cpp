#include "packet_socket.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>

#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::compat {

namespace {

constexpr std::size_t ip_header = 20;
constexpr std::size_t udp_header = 8;

// RFC 1071
std::uint16_t internet_checksum(ByteView octets) {
  std::uint32_t sum = 0;
  wire::Reader in{octets};
  while (const auto word = in.u16()) sum += *word;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

Bytes encode(const UdpFrame& frame) {
  wire::Writer ip;
  ip.u8(0x45);
  ip.u8(frame.tos);
  ip.u16(static_cast<std::uint16_t>(ip_header + udp_header + frame.payload.size()));
  ip.u32(0);  // not a fragment
  ip.u8(64);
  ip.u8(IPPROTO_UDP);
  ip.u16(0);
  ip.ipv4(frame.source.address.v4());
  ip.ipv4(frame.destination.address.v4());
  ip.put_u16_at(10, internet_checksum(ip.view()));

  wire::Writer out;
  out.bytes(frame.destination_mac);
  out.bytes(frame.source_mac);
  out.u16(ETHERTYPE_IP);
  out.bytes(ip.view());
  out.u16(frame.source.port);
  out.u16(frame.destination.port);
  out.u16(static_cast<std::uint16_t>(udp_header + frame.payload.size()));
  out.u16(0);  // RFC 768: no checksum
  out.bytes(frame.payload);
  return out.take();
}

std::optional<UdpFrame> decode(ByteView octets) {
  wire::Reader in{octets};
  UdpFrame frame;
  const auto destination_mac = in.bytes(6);
  const auto source_mac = in.bytes(6);
  if (!destination_mac || !source_mac || in.u16() != ETHERTYPE_IP) return std::nullopt;
  std::copy(destination_mac->begin(), destination_mac->end(), frame.destination_mac.begin());
  std::copy(source_mac->begin(), source_mac->end(), frame.source_mac.begin());
  if (in.u8() != 0x45) return std::nullopt;
  frame.tos = in.u8().value_or(0);
  in.skip(7);
  if (in.u8() != IPPROTO_UDP) return std::nullopt;
  in.skip(2);
  const auto source = in.ipv4();
  const auto destination = in.ipv4();
  const auto source_port = in.u16();
  const auto destination_port = in.u16();
  const auto length = in.u16();
  if (!length || *length < udp_header || !in.skip(2)) return std::nullopt;
  const auto payload = in.bytes(*length - udp_header);
  if (!payload) return std::nullopt;
  frame.source = {*source, *source_port, 0};
  frame.destination = {*destination, *destination_port, 0};
  frame.payload.assign(payload->begin(), payload->end());
  return frame;
}

}  // namespace

PacketSocket::PacketSocket(const Network& network, const Link& link) {
  network.in_client([&] {
    fd_ = Fd{checked(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_IP)), "packet socket")};
    sockaddr_ll address{};
    address.sll_family = AF_PACKET;
    address.sll_protocol = htons(ETH_P_IP);
    address.sll_ifindex = static_cast<int>(::if_nametoindex(link.name.c_str()));
    checked(::bind(fd_.get(), static_cast<sockaddr*>(static_cast<void*>(&address)), sizeof address),
            "bind packet socket");
  });
}

void PacketSocket::send(const UdpFrame& frame) {
  const Bytes octets = encode(frame);
  checked(static_cast<int>(::send(fd_.get(), octets.data(), octets.size(), 0)), "send frame");
}

std::optional<UdpFrame> PacketSocket::receive() {
  Bytes octets(65536);
  sockaddr_ll from{};
  socklen_t length = sizeof from;
  const ssize_t got = ::recvfrom(fd_.get(), octets.data(), octets.size(), 0,
                                 static_cast<sockaddr*>(static_cast<void*>(&from)), &length);
  if (got <= 0 || from.sll_pkttype == PACKET_OUTGOING) return std::nullopt;
  octets.resize(static_cast<std::size_t>(got));
  return decode(octets);
}

}  // namespace swapmasq::compat
