#include "hex_dump.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace swapmasq::compat {

std::string hex_dump(ByteView octets, std::string_view indent) {
  constexpr std::size_t width = 32;
  std::string result;
  bool skipping = false;
  for (std::size_t offset = 0; offset < octets.size(); offset += width) {
    const ByteView line = octets.subspan(offset, std::min(width, octets.size() - offset));
    const bool zeros = line.size() == width && std::all_of(line.begin(), line.end(), [](auto o) { return o == 0; });
    if (!zeros) {
      result += fmt::format("{}{:04x} ", indent, offset);
      for (std::size_t i = 0; i < line.size(); ++i) result += fmt::format("{}{:02x}", i % 4 == 0 ? " " : "", line[i]);
      result += '\n';
    } else if (!skipping) {
      result += fmt::format("{}*\n", indent);
    }
    skipping = zeros;
  }
  return result;
}

Bytes parse_hex(std::string_view text) {
  Bytes result;
  int pending = -1;
  for (const char c : text) {
    if (c == ' ' || c == ':') continue;
    const std::size_t digit = std::string_view{"0123456789abcdefABCDEF"}.find(c);
    if (digit == std::string_view::npos) throw std::runtime_error(fmt::format("not hexadecimal: {}", text));
    const int value = static_cast<int>(digit < 16 ? digit : digit - 6);
    if (pending < 0) {
      pending = value;
    } else {
      result.push_back(static_cast<std::uint8_t>(pending * 16 + value));
      pending = -1;
    }
  }
  if (pending >= 0) throw std::runtime_error(fmt::format("odd number of hexadecimal digits: {}", text));
  return result;
}

}  // namespace swapmasq::compat
