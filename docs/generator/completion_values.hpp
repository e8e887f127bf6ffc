// What a shell can offer as the argument of an option.
#pragma once

#include <span>
#include <string_view>

#include "grammar/option_table.hpp"

namespace swapmasq::documents {

enum class Values { nothing, anything, words, files, folders, interfaces, users, groups };

Values values_of(const grammar::OptionRow& row);

// The words that the option knows, separated by spaces; empty unless its values are words.
std::string_view words_of(grammar::Option option);

}  // namespace swapmasq::documents
