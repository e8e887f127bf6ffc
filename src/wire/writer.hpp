// Writing packets. The mirror of Reader: a limit set at birth, and writes that do not fit change nothing and say so.
// A record that turns out too large is taken back as a whole (mark, then roll_back).
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

#include "base/address.hpp"
#include "base/bytes.hpp"

namespace swapmasq::wire {

// Appends big-endian (network order) values to a buffer that it owns, up to `limit` octets in all. Every put returns
// whether it fitted; after a refusal the buffer is as before.
class Writer {
 public:
  explicit Writer(std::size_t limit = std::numeric_limits<std::size_t>::max()) : limit_(limit) {}

  bool u8(std::uint8_t value);
  bool u16(std::uint16_t value);
  bool u32(std::uint32_t value);
  bool ipv4(Ipv4 address) { return u32(address.value); }
  bool ipv6(const Ipv6& address) { return bytes(address.octets); }
  bool bytes(ByteView octets);
  // The text without terminator.
  bool text(std::string_view text);
  bool fill(std::size_t count, std::uint8_t value = 0);
  // The text and a terminating NUL.
  bool text_nul(std::string_view text);
  // `octets` cut or zero-padded to exactly `width`.
  bool padded(ByteView octets, std::size_t width);

  // Overwrites octets that were written before; positions outside the buffer are refused.
  bool put_u8_at(std::size_t position, std::uint8_t value);
  bool put_u16_at(std::size_t position, std::uint16_t value);

  std::size_t size() const { return buffer_.size(); }
  std::size_t room() const { return limit_ - buffer_.size(); }
  // Takes back everything after `size`, a value that size() returned earlier.
  void roll_back(std::size_t size);
  // Never below what is written already.
  void set_limit(std::size_t limit);

  ByteView view() const { return buffer_; }
  Bytes take() { return std::move(buffer_); }

 private:
  std::size_t limit_;
  Bytes buffer_;
};

}  // namespace swapmasq::wire
