#include "grammar/arguments/split.hpp"

#include <algorithm>
#include <cstddef>

namespace swapmasq::grammar {
namespace {

std::string_view without_trailing_spaces(std::string_view text) {
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

std::string_view without_leading_spaces(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

}  // namespace

Cut cut_at(std::string_view text, char separator) {
  const std::size_t position = text.find(separator);
  if (position == std::string_view::npos) return {text, std::nullopt};
  return {without_trailing_spaces(text.substr(0, position)), without_leading_spaces(text.substr(position + 1))};
}

std::vector<std::string_view> split_at(std::string_view text, char separator) {
  std::vector<std::string_view> items;
  for (std::optional<std::string_view> left = text; left;) {
    const auto [item, more] = cut_at(*left, separator);
    items.push_back(item);
    left = more;
  }
  return items;
}

}  // namespace swapmasq::grammar
