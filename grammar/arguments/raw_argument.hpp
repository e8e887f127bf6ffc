// For tests: arguments as a configuration file has them.
#pragma once

#include <string>
#include <string_view>

#include "grammar/line.hpp"

namespace swapmasq::grammar {

// The argument in protected form. Any option will do: the lexer treats all arguments alike.
inline std::string raw_argument(std::string_view raw) {
  return read_line("txt-record=" + std::string{raw}).value().value().argument.value();
}

}  // namespace swapmasq::grammar
