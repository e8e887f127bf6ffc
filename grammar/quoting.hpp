// The protected text encoding of option arguments (dnsmasq's quoting). A quoted character that could split a field, be
// trimmed or make a value look like a number, address or tag stands in an argument as a control octet; argument parsers
// look at the argument in this form, so they see only unquoted separators and digits, and unquote what they store.
#pragma once

#include <string>
#include <string_view>

namespace swapmasq::grammar {

// The stand-in of a quoted character: 0-9 a-f A-F : , . and space have one, every other character is its own.
char protect(char c);

// The text with every stand-in turned back into its character.
std::string unquote(std::string_view text);

// The text without leading and trailing spaces. Quoted spaces stay.
std::string_view trim(std::string_view text);

}  // namespace swapmasq::grammar
