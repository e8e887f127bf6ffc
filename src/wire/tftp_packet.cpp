#include "wire/tftp_packet.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <limits>

#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::wire {

namespace {

// A string of a request; an empty one counts as missing.
std::optional<ByteView> text(Reader& in) {
  const auto octets = in.until_nul();
  if (!octets || octets->empty()) return std::nullopt;
  return octets;
}

bool same_word(ByteView octets, std::string_view lower_case) {
  return std::equal(octets.begin(), octets.end(), lower_case.begin(), lower_case.end(),
                    [](std::uint8_t octet, char c) { return std::tolower(octet) == c; });
}

std::optional<TftpMode> mode_of(ByteView octets) {
  if (same_word(octets, "octet")) return TftpMode::octet;
  if (same_word(octets, "netascii")) return TftpMode::netascii;
  return std::nullopt;
}

// atoi(3) on a machine with 64-bit long, cut to 32 bits: leading space and trailing junk are accepted, what is no
// number is 0, and what does not fit in a long sticks at its limit before it is cut.
std::uint32_t number(ByteView octets) {
  auto at = std::find_if(octets.begin(), octets.end(), [](std::uint8_t c) { return std::isspace(c) == 0; });
  const bool negative = at != octets.end() && *at == '-';
  if (at != octets.end() && (*at == '-' || *at == '+')) ++at;
  constexpr auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  std::uint64_t value = 0;
  for (; at != octets.end() && std::isdigit(*at) != 0; ++at) {
    const auto digit = static_cast<std::uint64_t>(*at - '0');
    if (value > (limit - digit) / 10) {
      value = negative ? limit + 1 : limit;
      break;
    }
    value = value * 10 + digit;
  }
  return static_cast<std::uint32_t>(negative ? std::uint64_t{0} - value : value);
}

std::optional<std::uint32_t>* option_named(TftpOptions& options, ByteView name) {
  if (same_word(name, "blksize")) return &options.blksize;
  if (same_word(name, "tsize")) return &options.tsize;
  if (same_word(name, "timeout")) return &options.timeout;
  if (same_word(name, "windowsize")) return &options.windowsize;
  return nullptr;
}

void put_opcode(Writer& out, TftpOpcode opcode) { out.u16(static_cast<std::uint16_t>(opcode)); }

// A reader behind the opcode, when it is the one asked for.
std::optional<Reader> body(ByteView datagram, TftpOpcode opcode) {
  Reader in{datagram};
  if (in.u16() != static_cast<std::uint16_t>(opcode)) return std::nullopt;
  return in;
}

}  // namespace

std::optional<std::uint16_t> tftp_opcode(ByteView datagram) { return Reader{datagram}.u16(); }

Result<TftpReadRequest, TftpRequestError> read_tftp_request(ByteView datagram) {
  Reader in{datagram};
  in.skip(2);
  TftpReadRequest request;
  const auto filename = text(in);
  if (!filename) return tl::unexpected(TftpRequestError::empty_filename);
  request.filename = *filename;
  const auto mode_word = text(in);
  const auto mode = mode_word ? mode_of(*mode_word) : std::nullopt;
  if (!mode) return tl::unexpected(TftpRequestError::unsupported_mode);
  request.mode = *mode;
  while (const auto name = text(in)) {
    const auto value = text(in);
    if (!value) break;
    if (auto* option = option_named(request.options, *name)) *option = number(*value);
  }
  return request;
}

std::optional<std::uint16_t> read_tftp_ack(ByteView datagram) {
  auto in = body(datagram, TftpOpcode::ack);
  return in ? in->u16() : std::nullopt;
}

std::optional<TftpErrorPacket> read_tftp_error(ByteView datagram) {
  auto in = body(datagram, TftpOpcode::error);
  const auto code = in ? in->u16() : std::nullopt;
  if (!code) return std::nullopt;
  return TftpErrorPacket{*code, in->until_nul().value_or(ByteView{})};
}

Bytes make_tftp_error(TftpErrorCode code, std::string_view message) {
  Writer out;
  put_opcode(out, TftpOpcode::error);
  out.u16(static_cast<std::uint16_t>(code));
  out.text_nul(message.substr(0, longest_tftp_message));
  return out.take();
}

Bytes make_tftp_oack(const TftpOptions& accepted) {
  Writer out;
  put_opcode(out, TftpOpcode::oack);
  const auto put = [&out](std::string_view name, const std::optional<std::uint32_t>& value) {
    if (!value) return;
    out.text_nul(name);
    out.text_nul(fmt::format("{}", *value));
  };
  put("blksize", accepted.blksize);
  put("tsize", accepted.tsize);
  put("timeout", accepted.timeout);
  put("windowsize", accepted.windowsize);
  return out.take();
}

TftpDataPackets::TftpDataPackets(std::size_t count, std::size_t block_size)
    : capacity_(count), block_size_(block_size), buffer_(count * (header_size + block_size)) {}

std::span<std::uint8_t> TftpDataPackets::payload(std::size_t index) {
  return std::span{buffer_}.subspan(index * packet_size() + header_size, block_size_);
}

void TftpDataPackets::finish(std::size_t count, std::uint64_t first_block, std::size_t last_size) {
  count_ = std::min(count, capacity_);
  last_size_ = std::min(last_size, block_size_);
  for (std::size_t i = 0; i < count_; ++i) {
    const auto block = first_block + i;
    const auto header = std::span{buffer_}.subspan(i * packet_size(), header_size);
    header[0] = 0;
    header[1] = static_cast<std::uint8_t>(TftpOpcode::data);
    header[2] = static_cast<std::uint8_t>(block >> 8);
    header[3] = static_cast<std::uint8_t>(block);
  }
}

ByteView TftpDataPackets::view(std::size_t index, std::size_t number) const {
  if (index >= count_) return {};
  const auto end = index + std::min(number, count_ - index);
  const auto missing = end == count_ ? block_size_ - last_size_ : 0;
  return ByteView{buffer_}.subspan(index * packet_size(), (end - index) * packet_size() - missing);
}

}  // namespace swapmasq::wire
