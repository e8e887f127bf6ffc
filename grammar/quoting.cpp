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

std::string_view without_leading_spaces(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text;
}

std::string_view without_trailing_spaces(std::string_view text) {
  const auto last = text.find_last_not_of(' ');
  return last == std::string_view::npos ? text.substr(0, 0) : text.substr(0, last + 1);
}

Cut cut_before(std::string_view text, std::size_t position) {
  if (position == std::string_view::npos) return {text, std::nullopt};
  return {without_trailing_spaces(text.substr(0, position)), without_leading_spaces(text.substr(position + 1))};
}

}  // namespace

char protect(char c) {
  const auto* const found = std::ranges::find(stand_ins, c, &StandIn::character);
  return found == stand_ins.end() ? c : found->octet;
}

std::string unquote(std::string_view text) {
  std::string plain{text};
  for (auto& c : plain) {
    const auto* const found = std::ranges::find(stand_ins, c, &StandIn::octet);
    if (found != stand_ins.end()) c = found->character;
  }
  return plain;
}

std::string_view trim(std::string_view text) { return without_leading_spaces(without_trailing_spaces(text)); }

Cut cut_at(std::string_view text, char separator) { return cut_before(text, text.find(separator)); }

Cut cut_at_last(std::string_view text, char separator) { return cut_before(text, text.rfind(separator)); }

std::vector<std::string_view> split_list(std::string_view text, char separator) {
  std::vector<std::string_view> fields;
  for (auto cut = cut_at(text, separator);; cut = cut_at(*cut.tail, separator)) {
    fields.push_back(cut.head);
    if (!cut.tail) return fields;
  }
}

}  // namespace swapmasq::grammar
