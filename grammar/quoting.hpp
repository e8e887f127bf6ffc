// What quotes protect (spec config-language.md section 3): inside quotes the characters `0-9 a-f A-F : , .` and space
// become control octets, so that no rule of an argument's grammar sees them as separators, digits or addresses. They
// turn back into ordinary text when the value is stored.
#pragma once

#include <string>
#include <string_view>

namespace swapmasq::grammar {

// The octet that stands for a quoted character; characters that quotes do not protect stand for themselves.
char protect(char c);

// The text with every protected character turned back.
std::string unquote(std::string_view text);

}  // namespace swapmasq::grammar
