#include "base/bytes.hpp"

#include <array>

namespace swapmasq {

Bytes to_bytes(std::string_view text) { return {text.begin(), text.end()}; }

std::string to_text(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

std::string printable(ByteView bytes) {
  std::string text;
  for (const auto octet : bytes) {
    if (octet >= 0x20 && octet < 0x7f) text.push_back(static_cast<char>(octet));
  }
  return text;
}

std::string to_hex(ByteView bytes, char separator) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 3);
  for (const auto octet : bytes) {
    if (!text.empty()) text.push_back(separator);
    text.push_back(digits[octet >> 4]);
    text.push_back(digits[octet & 0xf]);
  }
  return text;
}

namespace {

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

}  // namespace

std::optional<Bytes> from_hex(std::string_view text) {
  Bytes bytes;
  while (!text.empty()) {
    const auto end = std::min(text.find(':'), text.size());
    const auto pair = text.substr(0, end);
    if (pair.empty() || pair.size() > 2) return std::nullopt;
    unsigned octet = 0;
    for (const char c : pair) {
      const auto digit = hex_digit(c);
      if (!digit) return std::nullopt;
      octet = octet * 16 + *digit;
    }
    bytes.push_back(static_cast<std::uint8_t>(octet));
    text.remove_prefix(end);
    if (!text.empty()) {
      text.remove_prefix(1);
      if (text.empty()) return std::nullopt;
    }
  }
  return bytes;
}

}  // namespace swapmasq
