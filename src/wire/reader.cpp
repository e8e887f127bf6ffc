#include "wire/reader.hpp"

#include <algorithm>

namespace swapmasq::wire {

std::optional<ByteView> Reader::bytes(std::size_t count) {
  if (count > left()) return std::nullopt;
  const auto taken = bytes_.subspan(position_, count);
  position_ += count;
  return taken;
}

std::optional<std::uint8_t> Reader::u8() {
  const auto b = bytes(1);
  if (!b) return std::nullopt;
  return (*b)[0];
}

std::optional<std::uint16_t> Reader::u16() {
  const auto b = bytes(2);
  if (!b) return std::nullopt;
  return static_cast<std::uint16_t>(((*b)[0] << 8) | (*b)[1]);
}

std::optional<std::uint32_t> Reader::u32() {
  const auto b = bytes(4);
  if (!b) return std::nullopt;
  return (std::uint32_t{(*b)[0]} << 24) | (std::uint32_t{(*b)[1]} << 16) | (std::uint32_t{(*b)[2]} << 8) | (*b)[3];
}

std::optional<Ipv4> Reader::ipv4() {
  const auto value = u32();
  if (!value) return std::nullopt;
  return Ipv4{*value};
}

std::optional<Ipv6> Reader::ipv6() {
  const auto b = bytes(16);
  if (!b) return std::nullopt;
  Ipv6 address;
  std::copy(b->begin(), b->end(), address.octets.begin());
  return address;
}

std::optional<Reader> Reader::sub(std::size_t count) {
  const auto b = bytes(count);
  if (!b) return std::nullopt;
  return Reader{*b};
}

std::optional<ByteView> Reader::until_nul() {
  const auto text = rest();
  const auto nul = std::find(text.begin(), text.end(), std::uint8_t{0});
  if (nul == text.end()) return std::nullopt;
  const auto length = static_cast<std::size_t>(nul - text.begin());
  position_ += length + 1;
  return text.first(length);
}

bool Reader::skip(std::size_t count) { return bytes(count).has_value(); }

bool Reader::seek(std::size_t position) {
  if (position > bytes_.size()) return false;
  position_ = position;
  return true;
}

}  // namespace swapmasq::wire
