// Reading foreign octets. All bounds live here: every accessor answers nothing instead of reading past the end, sizes
// are compared as sizes before any octet is touched, and a sub-reader can never see more than its declared length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/address.hpp"
#include "base/bytes.hpp"

namespace swapmasq::wire {

// Big-endian (network order) cursor over a packet. Does not own the octets.
class Reader {
 public:
  Reader() = default;
  explicit Reader(ByteView bytes) : bytes_(bytes) {}

  std::size_t position() const { return position_; }
  std::size_t left() const { return bytes_.size() - position_; }
  bool at_end() const { return left() == 0; }

  std::optional<std::uint8_t> u8() {
    const auto b = bytes(1);
    if (!b) return std::nullopt;
    return (*b)[0];
  }
  std::optional<std::uint16_t> u16() {
    const auto b = bytes(2);
    if (!b) return std::nullopt;
    return static_cast<std::uint16_t>(((*b)[0] << 8) | (*b)[1]);
  }
  std::optional<std::uint32_t> u32() {
    const auto b = bytes(4);
    if (!b) return std::nullopt;
    return (std::uint32_t{(*b)[0]} << 24) | (std::uint32_t{(*b)[1]} << 16) | (std::uint32_t{(*b)[2]} << 8) | (*b)[3];
  }
  std::optional<Ipv4> ipv4();
  std::optional<Ipv6> ipv6();
  std::optional<ByteView> bytes(std::size_t count) {
    if (count > left()) return std::nullopt;
    const auto taken = bytes_.subspan(position_, count);
    position_ += count;
    return taken;
  }
  // A reader limited to the next `count` octets, which are consumed here.
  std::optional<Reader> sub(std::size_t count);
  // The octets up to the next NUL, which is consumed but not returned; nothing when there is no NUL.
  std::optional<ByteView> until_nul();
  bool skip(std::size_t count) { return bytes(count).has_value(); }
  // Moves to an absolute position; false, and no move, beyond the end.
  bool seek(std::size_t position);
  ByteView rest() const { return bytes_.subspan(position_); }

 private:
  ByteView bytes_;
  std::size_t position_ = 0;
};

}  // namespace swapmasq::wire
