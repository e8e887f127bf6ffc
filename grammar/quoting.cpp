#include "grammar/quoting.hpp"

#include <algorithm>
#include <array>

namespace swapmasq::grammar {

namespace {

struct StandIn {
  char octet;
  char character;
};

constexpr std::array<StandIn, 26> stand_ins{{
    {'\x01', '1'}, {'\x02', '2'}, {'\x03', '3'}, {'\x04', '4'}, {'\x05', '5'}, {'\x06', '6'}, {'\x07', ' '},
    {'\x0b', '7'}, {'\x0c', '8'}, {'\x0e', '9'}, {'\x0f', '0'}, {'\x10', 'a'}, {'\x11', 'b'}, {'\x12', 'c'},
    {'\x13', 'd'}, {'\x14', 'e'}, {'\x15', 'f'}, {'\x16', 'A'}, {'\x17', 'B'}, {'\x18', 'C'}, {'\x19', 'D'},
    {'\x1a', 'E'}, {'\x1c', 'F'}, {'\x1d', ':'}, {'\x1e', ','}, {'\x1f', '.'},
}};

}  // namespace

char protect(char c) {
  const auto* const found = std::ranges::find(stand_ins, c, &StandIn::character);
  return found == stand_ins.end() ? c : found->octet;
}

std::string unquote(std::string_view text) {
  std::string plain{text};
  // Most arguments have no quotes.
  if (std::ranges::none_of(plain, [](unsigned char c) { return c < ' '; })) return plain;
  for (auto& c : plain) {
    const auto* const found = std::ranges::find(stand_ins, c, &StandIn::octet);
    if (found != stand_ins.end()) c = found->character;
  }
  return plain;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace swapmasq::grammar
