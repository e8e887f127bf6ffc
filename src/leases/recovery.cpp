#include "leases/recovery.hpp"

#include <algorithm>
#include <utility>

namespace swapmasq::leases {
namespace {

// What the kernel writes as a whole, and at most that much stays empty after a loss of power.
constexpr std::size_t block_size = 4096;

std::string_view block_of(std::string_view text, std::size_t start, std::size_t size) {
  return start < text.size() ? text.substr(start, size) : std::string_view{};
}

bool is_empty(std::string_view block) {
  return std::ranges::all_of(block, [](char c) { return c == '\0'; });
}

bool is_mixture(std::string_view file, std::string_view before, std::string_view after) {
  const auto longer = std::max(before.size(), after.size());
  if (file.size() < std::min(before.size(), after.size()) || file.size() > longer) return false;
  // While it is written, the rest of a longer file before is blanked out.
  std::string blanked{after};
  blanked.resize(longer, '\n');
  for (std::size_t start = 0; start < file.size(); start += block_size) {
    const auto block = block_of(file, start, block_size);
    if (block != block_of(blanked, start, block.size()) && block != block_of(before, start, block.size()) &&
        !is_empty(block)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<Journal> believed_journal(std::string_view file, std::optional<Journal> first,
                                        std::optional<Journal> second) {
  if (!first || (second && second->generation > first->generation)) std::swap(first, second);
  if (!first) return std::nullopt;
  const auto& before = second ? second->text : first->text;
  if (!is_mixture(file, before, first->text)) return std::nullopt;
  return first;
}

}  // namespace swapmasq::leases
