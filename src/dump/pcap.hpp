// Capture files as libpcap 2.4 writes them (draft-ietf-opsawg-pcap): host byte order, microseconds, packets that begin
// with their IP header. Datagrams get the IP and UDP headers (RFC 791, 8200, 768) that our sockets did not show us.
#pragma once

#include <chrono>
#include <cstdint>
#include <istream>
#include <optional>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"

namespace swapmasq::dump {

using PcapTime = std::chrono::sys_time<std::chrono::microseconds>;

// `longest`: octets of a packet that readers have to expect.
Bytes pcap_header(std::uint32_t longest);

// A record: a UDP datagram of at most 65,507 octets between two ends of one family.
Bytes pcap_record(PcapTime when, const Endpoint& from, const Endpoint& to, ByteView payload);

enum class PcapError { no_header, foreign_header };

struct PcapContent {
  std::uint64_t records = 0;
  std::uint64_t size = 0;  // octets up to the end of the last whole record
};

// What a file that we or others have written holds. Reads no more than the headers of its records.
Result<PcapContent, PcapError> read_pcap(std::istream& file);

}  // namespace swapmasq::dump
