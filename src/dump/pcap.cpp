#include "dump/pcap.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <netinet/in.h>

#include "wire/writer.hpp"

namespace swapmasq::dump {

namespace {

constexpr std::uint32_t magic = 0xa1b2c3d4;  // of microseconds
constexpr std::uint32_t raw_ip = 101;
constexpr std::size_t header_size = 24;
constexpr std::size_t record_header_size = 16;

constexpr std::uint8_t hops = 64;
constexpr std::uint16_t ipv4_header_size = 20;
constexpr std::uint16_t udp_header_size = 8;

using Word = std::array<std::uint8_t, 4>;

void host_u32(wire::Writer& out, std::uint32_t value) { out.bytes(std::bit_cast<Word>(value)); }

std::uint32_t host_u32(ByteView octets, std::size_t offset) {
  Word word{};
  std::ranges::copy(octets.subspan(offset, word.size()), word.begin());
  return std::bit_cast<std::uint32_t>(word);
}

// RFC 1071
std::uint16_t checksum(ByteView octets) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < octets.size(); ++i) sum += i % 2 == 0 ? std::uint32_t{octets[i]} << 8 : octets[i];
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

void write_address(wire::Writer& out, const IpAddress& address) {
  if (address.is_v4()) {
    out.ipv4(address.v4());
  } else {
    out.ipv6(address.v6());
  }
}

Bytes udp_datagram(const Endpoint& from, const Endpoint& to, ByteView payload) {
  constexpr std::size_t checksum_at = 6;
  const auto length = static_cast<std::uint16_t>(udp_header_size + payload.size());
  wire::Writer udp;
  udp.u16(from.port);
  udp.u16(to.port);
  udp.u16(length);
  udp.u16(0);
  udp.bytes(payload);
  // The pseudo header's fields are summed up in any order and width.
  wire::Writer summed;
  write_address(summed, from.address);
  write_address(summed, to.address);
  summed.u16(IPPROTO_UDP);
  summed.u16(length);
  summed.bytes(udp.view());
  const auto sum = checksum(summed.view());
  udp.put_u16_at(checksum_at, sum == 0 ? 0xffff : sum);
  return udp.take();
}

void write_ipv4_header(wire::Writer& out, const Endpoint& from, const Endpoint& to, std::size_t payload) {
  constexpr std::uint8_t version_and_length = 0x45;
  constexpr std::size_t checksum_at = 10;
  wire::Writer header;
  header.u8(version_and_length);
  header.u8(0);
  header.u16(static_cast<std::uint16_t>(ipv4_header_size + payload));
  header.u32(0);  // identification, fragment
  header.u8(hops);
  header.u8(IPPROTO_UDP);
  header.u16(0);
  write_address(header, from.address);
  write_address(header, to.address);
  header.put_u16_at(checksum_at, checksum(header.view()));
  out.bytes(header.view());
}

void write_ipv6_header(wire::Writer& out, const Endpoint& from, const Endpoint& to, std::size_t payload) {
  constexpr std::uint32_t version = 0x60000000;
  out.u32(version);
  out.u16(static_cast<std::uint16_t>(payload));
  out.u8(IPPROTO_UDP);
  out.u8(hops);
  write_address(out, from.address);
  write_address(out, to.address);
}

}  // namespace

Bytes pcap_header(std::uint32_t longest) {
  constexpr std::array<std::uint16_t, 2> version{2, 4};
  wire::Writer out;
  host_u32(out, magic);
  out.bytes(std::bit_cast<Word>(version));
  host_u32(out, 0);  // time zone
  host_u32(out, 0);  // accuracy
  host_u32(out, longest);
  host_u32(out, raw_ip);
  return out.take();
}

Bytes pcap_record(PcapTime when, const Endpoint& from, const Endpoint& to, ByteView payload) {
  const auto datagram = udp_datagram(from, to, payload);
  wire::Writer packet;
  if (from.address.is_v4()) {
    write_ipv4_header(packet, from, to, datagram.size());
  } else {
    write_ipv6_header(packet, from, to, datagram.size());
  }
  packet.bytes(datagram);

  const auto seconds = std::chrono::floor<std::chrono::seconds>(when);
  const auto length = static_cast<std::uint32_t>(packet.size());
  wire::Writer record;
  host_u32(record, static_cast<std::uint32_t>(seconds.time_since_epoch().count()));
  host_u32(record, static_cast<std::uint32_t>((when - seconds).count()));
  host_u32(record, length);  // in the file
  host_u32(record, length);  // on the wire
  record.bytes(packet.view());
  return record.take();
}

Result<PcapContent, PcapError> read_pcap(std::istream& file) {
  const auto read = [&file](std::size_t size) {
    std::string octets(size, '\0');
    file.read(octets.data(), static_cast<std::streamsize>(size));
    return file ? to_bytes(octets) : Bytes{};
  };
  const auto header = read(header_size);
  if (header.empty()) return tl::unexpected(PcapError::no_header);
  if (host_u32(header, 0) != magic) return tl::unexpected(PcapError::foreign_header);
  file.seekg(0, std::ios::end);
  const auto end = static_cast<std::uint64_t>(file.tellg());
  PcapContent content{0, header_size};
  for (;;) {
    file.seekg(static_cast<std::streamoff>(content.size));
    const auto record = read(record_header_size);
    if (record.empty()) break;
    const auto next = content.size + record_header_size + host_u32(record, 8);
    if (next > end) break;
    content = {content.records + 1, next};
  }
  return content;
}

}  // namespace swapmasq::dump
