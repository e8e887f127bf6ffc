// TFTP packets (RFC 1350, RFC 2347): reading what clients send, writing what a server sends. Views point into the
// datagram that was read. A packet that cannot be read is an error value, never an exception.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace swapmasq::wire {

enum class TftpOpcode : std::uint16_t { rrq = 1, wrq = 2, data = 3, ack = 4, error = 5, oack = 6 };

// RFC 1350 appendix, the codes that a read-only server uses
enum class TftpErrorCode : std::uint16_t {
  not_defined = 0,
  file_not_found = 1,
  access_violation = 2,
  illegal_operation = 4,
  unknown_transfer_id = 5,
};

enum class TftpMode { octet, netascii };

// RFC 2347, 2348, 2349, 7440. The values as the client wrote them, read like atoi(3) into 32 bits; the last of a
// repeated option counts.
struct TftpOptions {
  std::optional<std::uint32_t> blksize = std::nullopt;
  std::optional<std::uint32_t> tsize = std::nullopt;
  std::optional<std::uint32_t> timeout = std::nullopt;
  std::optional<std::uint32_t> windowsize = std::nullopt;

  bool operator==(const TftpOptions&) const = default;
};

struct TftpReadRequest {
  ByteView filename;  // never empty
  TftpMode mode = TftpMode::octet;
  TftpOptions options;
};

enum class TftpRequestError { empty_filename, unsupported_mode };

// The first 16 bits; nothing in a datagram that is shorter.
std::optional<std::uint16_t> tftp_opcode(ByteView datagram);

// A datagram whose opcode is rrq.
Result<TftpReadRequest, TftpRequestError> read_tftp_request(ByteView datagram);

// An ACK's block number; nothing when the datagram is no ACK.
std::optional<std::uint16_t> read_tftp_ack(ByteView datagram);

struct TftpErrorPacket {
  std::uint16_t code = 0;
  ByteView message;  // empty when the terminator is missing
};

std::optional<TftpErrorPacket> read_tftp_error(ByteView datagram);

// Longer messages are cut, as dnsmasq does.
inline constexpr std::size_t longest_tftp_message = 499;

Bytes make_tftp_error(TftpErrorCode code, std::string_view message);

// The options that are set, always in the order blksize, tsize, timeout, windowsize.
Bytes make_tftp_oack(const TftpOptions& accepted);

// Consecutive DATA packets of one transfer, back to back in one buffer: each is as long as the others but the last,
// which may be shorter. That is the layout which sendmsg(2) with UDP_SEGMENT takes as it is, and the payload can be
// read from the file right to its place.
class TftpDataPackets {
 public:
  static constexpr std::size_t header_size = 4;

  // Room for `count` packets of `block_size` octets. Forgets the packets.
  TftpDataPackets(std::size_t count, std::size_t block_size);

  std::size_t capacity() const { return capacity_; }
  std::size_t count() const { return count_; }
  std::size_t block_size() const { return block_size_; }

  // Where the payload of packet `index` (below capacity) goes.
  std::span<std::uint8_t> payload(std::size_t index);

  // Takes the first `count` packets as filled: their blocks are numbered from `first_block`, modulo 65536, and the
  // last one has `last_size` octets of payload.
  void finish(std::size_t count, std::uint64_t first_block, std::size_t last_size);

  // Packets [index, index + number), cut to those that exist.
  ByteView view(std::size_t index, std::size_t number) const;

 private:
  std::size_t packet_size() const { return header_size + block_size_; }

  std::size_t capacity_;
  std::size_t block_size_;
  std::size_t count_ = 0;
  std::size_t last_size_ = 0;
  Bytes buffer_;
};

}  // namespace swapmasq::wire
