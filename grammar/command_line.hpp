// The command line: the syntax of GNU getopt_long over the option table (spec config-language.md section 2).
// Arguments are taken as they are: no quotes, escapes or comments.
#pragma once

#include <string>
#include <vector>

#include "grammar/line.hpp"

namespace swapmasq::grammar {

struct CommandLine {
  enum class End {
    complete,
    malformed,  // after the last directive: an unknown or ambiguous option, or one with a wrong number of arguments
    junk,       // words that belong to no option
  };

  std::vector<Directive> directives;  // left to right
  End end = End::complete;
};

// `argv` as main() gets it. Whether options may follow other words depends on POSIXLY_CORRECT, as getopt_long does it.
// Uses getopt_long's global state: one call at a time.
CommandLine read_command_line(int argc, const char* const* argv);

}  // namespace swapmasq::grammar
