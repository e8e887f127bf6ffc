// Plain cutting of texts at separators, for values that are lists themselves; the grammars have their own rules for
// fields. Spaces around a separator go with it.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace swapmasq::grammar {

// What is before the first separator, and what is after it when there is one.
using Cut = std::pair<std::string_view, std::optional<std::string_view>>;

Cut cut_at(std::string_view text, char separator);
// At least one item.
std::vector<std::string_view> split_at(std::string_view text, char separator);

}  // namespace swapmasq::grammar
