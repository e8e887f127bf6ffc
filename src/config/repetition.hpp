// Which single-value options have been given, and where (spec config-language.md section 6).
#pragma once

#include <bitset>

#include "config/location.hpp"
#include "grammar/option_table.hpp"

namespace swapmasq::config {

class Repetition {
 public:
  enum class Verdict {
    take,
    ignore,  // a file that was read earlier has it: the command line does not count any more
  };

  // To be asked once for each option, in the order of reading, before its value is looked at. Throws StartupError for
  // a second use on the command line, or in all files together.
  Verdict note(grammar::Option option, const Location& location);

 private:
  std::bitset<grammar::option_count> on_command_line_;
  std::bitset<grammar::option_count> in_files_;
};

}  // namespace swapmasq::config
