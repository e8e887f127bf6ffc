// The command line: the syntax of GNU getopt_long over the option table (spec config-language.md section 2).
// Arguments are taken as they are: no quotes, escapes or comments.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "grammar/line.hpp"
#include "grammar/own_options.hpp"

namespace swapmasq::grammar {

struct CommandLine {
  // A word that is no option, or one with a wrong number of arguments. dnsmasq reads no further.
  struct Malformed {
    std::size_t position = 0;  // how many directives come before it
    std::string word;
  };

  std::vector<Directive> directives;  // left to right
  std::vector<OwnDirective> own;
  std::vector<Malformed> malformed;
  std::vector<std::string> junk;  // words that belong to no option
};

// `argv` as main() gets it. Whether options may follow other words depends on POSIXLY_CORRECT, as getopt_long does it.
// Uses getopt_long's global state: one call at a time.
CommandLine read_command_line(int argc, const char* const* argv);

}  // namespace swapmasq::grammar
