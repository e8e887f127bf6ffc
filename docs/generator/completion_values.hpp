// What a shell can offer as the argument of an option.
#pragma once

#include <string>

#include "grammar/option_table.hpp"
#include "grammar/own_options.hpp"

namespace swapmasq::documents {

enum class Values { nothing, anything, words, files, folders, interfaces, users, groups };

Values values_of(const grammar::OptionRow& row);
Values values_of(const grammar::OwnOptionRow& row);

// The words that the option knows, separated by spaces; empty unless its values are words.
std::string words_of(const grammar::OptionRow& row);
std::string words_of(const grammar::OwnOptionRow& row);

}  // namespace swapmasq::documents
