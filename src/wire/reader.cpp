#include "wire/reader.hpp"

#include <algorithm>

namespace swapmasq::wire {

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

bool Reader::seek(std::size_t position) {
  if (position > bytes_.size()) return false;
  position_ = position;
  return true;
}

}  // namespace swapmasq::wire
