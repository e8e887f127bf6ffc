#include "check/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "grammar/option_table.hpp"

namespace swapmasq::check {

namespace {

constexpr std::size_t longest_word = 64;  // octets; longer ones are no misspelling of anything

std::string folded(std::string_view word) {
  std::string text{word};
  for (auto& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '_') c = '-';
  }
  return text;
}

// Optimal string alignment, three rows at a time.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> known) {
  if (word.empty() || word.size() > longest_word) return std::nullopt;
  const auto wanted = folded(word);
  const std::size_t few = word.size() / 3 + 1;
  std::optional<std::string_view> best;
  std::size_t best_distance = std::min(few, word.size() - 1) + 1;
  for (const auto candidate : known) {
    if (const auto steps = distance(wanted, folded(candidate)); steps < best_distance) {
      best = candidate;
      best_distance = steps;
    }
  }
  return best;
}

std::optional<std::string_view> nearest_option(std::string_view word) {
  const auto table = grammar::option_table();
  word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
  if (word.size() == 1) {
    const auto row = std::ranges::find_if(table, [&](const auto& each) { return each.letter == word.front(); });
    if (row != table.end()) return row->name;
  }
  std::vector<std::string_view> names;
  for (const auto& row : table) names.push_back(row.name);
  return nearest(word, names);
}

}  // namespace swapmasq::check
