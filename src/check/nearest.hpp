// What somebody may have meant who wrote a word that nobody knows.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace swapmasq::check {

// The known word that takes the fewest steps (a character added, dropped or changed, two neighbours swapped; the case
// of ASCII letters, and '_' for '-', count nothing), if they are few for a word of this length. Of equals the first.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> known);

// Among the options of dnsmasq: the option with this letter, too.
std::optional<std::string_view> nearest_option(std::string_view word);

}  // namespace swapmasq::check
