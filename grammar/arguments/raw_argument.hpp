// For tests: arguments as a configuration file has them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "grammar/quoting.hpp"

namespace swapmasq::grammar {

// The escapes inside quotes.
inline char escaped(char c) {
  switch (c) {
    case 't':
      return '\t';
    case 'n':
      return '\n';
    case 'e':
      return '\033';
    case 'b':
      return '\b';
    case 'r':
      return '\r';
    default:
      return c;
  }
}

// An argument as a file has it, to the protected form that parsers read. Enough for well-formed cases; the lexer has
// its own tests.
inline std::string raw_argument(std::string_view raw) {
  std::string argument;
  bool quoted = false;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const bool escape = quoted && raw[i] == '\\' && i + 1 < raw.size() &&
                        std::string_view{"\"tnebr\\"}.find(raw[i + 1]) != std::string_view::npos;
    if (escape)
      argument += escaped(raw[++i]);
    else if (raw[i] == '"')
      quoted = !quoted;
    else
      argument += quoted ? protect(raw[i]) : raw[i] == '\t' ? ' ' : raw[i];
  }
  const auto begin = argument.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return argument.substr(begin, argument.find_last_not_of(' ') - begin + 1);
}

}  // namespace swapmasq::grammar
