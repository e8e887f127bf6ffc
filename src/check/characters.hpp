// Lines of any octets, looked at as UTF-8: an octet that is not part of a valid sequence is a character of its own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace swapmasq::check {

struct Character {
  std::size_t offset = 0;  // octets
  std::size_t length = 0;
  char32_t code = 0;  // U+FFFD for an invalid octet
};

std::vector<Character> characters_of(std::string_view text);

// The number of the character at (or around) an offset, from 1.
std::size_t column_of(std::string_view text, std::size_t offset);

// The text as valid UTF-8, with U+FFFD for every invalid octet.
std::string valid_utf8(std::string_view text);

}  // namespace swapmasq::check
