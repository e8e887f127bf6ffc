#include "grammar/quoting.hpp"

#include <array>
#include <cstddef>

namespace swapmasq::grammar {
namespace {

// Index: the control octet; value: the character it stands for, NUL where the octet stands for itself.
constexpr std::array<char, 32> plain_characters = {'\0', '1', '2',  '3', '4', '5',  '6', ' ', '\0', '\0', '\0',
                                                   '7',  '8', '\0', '9', '0', 'a',  'b', 'c', 'd',  'e',  'f',
                                                   'A',  'B', 'C',  'D', 'E', '\0', 'F', ':', ',',  '.'};

}  // namespace

char protect(char c) {
  for (std::size_t octet = 1; octet < plain_characters.size(); ++octet)
    if (plain_characters[octet] == c && c != '\0') return static_cast<char>(octet);
  return c;
}

std::string unquote(std::string_view text) {
  std::string plain{text};
  for (char& c : plain) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < plain_characters.size() && plain_characters[octet] != '\0') c = plain_characters[octet];
  }
  return plain;
}

}  // namespace swapmasq::grammar
