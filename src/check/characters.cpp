#include "check/characters.hpp"

#include <algorithm>
#include <cstdint>

namespace swapmasq::check {

namespace {

constexpr char32_t replacement = 0xfffd;

std::uint8_t octet_at(std::string_view text, std::size_t offset) { return static_cast<std::uint8_t>(text[offset]); }

// RFC 3629 section 4
Character character_at(std::string_view text, std::size_t offset) {
  const auto first = octet_at(text, offset);
  const Character invalid{offset, 1, replacement};
  if (first < 0x80) return {offset, 1, first};
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() - offset < length) return invalid;
  char32_t code = first & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = octet_at(text, offset + i);
    if ((next & 0xc0U) != 0x80) return invalid;
    code = (code << 6U) | (next & 0x3fU);
  }
  const char32_t shortest = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < shortest || code > 0x10ffff || surrogate) return invalid;
  return {offset, length, code};
}

}  // namespace

std::vector<Character> characters_of(std::string_view text) {
  std::vector<Character> characters;
  for (std::size_t offset = 0; offset < text.size(); offset += characters.back().length) {
    characters.push_back(character_at(text, offset));
  }
  return characters;
}

std::size_t column_of(std::string_view text, std::size_t offset) {
  std::size_t column = 1;
  for (std::size_t at = 0; at < text.size(); ++column) {
    at += character_at(text, at).length;
    if (at > offset) break;
  }
  return column;
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  for (const auto& [offset, length, code] : characters_of(text)) {
    const bool broken = code == replacement && length == 1;
    valid += broken ? std::string_view{"\xef\xbf\xbd"} : text.substr(offset, length);
  }
  return valid;
}

}  // namespace swapmasq::check
