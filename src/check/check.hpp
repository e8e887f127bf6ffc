// --check: everything that is wrong or odd in a configuration, in one run.
#pragma once

#include <optional>
#include <string>

#include "check/system.hpp"

namespace swapmasq::check {

enum class Format { text, json };

// The form that the command line asks for; nothing: it has no --check. Throws StartupError for any other form.
std::optional<Format> requested(int argc, const char* const* argv);

struct Verdict {
  std::string standard_output;
  int exit_code = 0;  // 0: clean, 1: errors, 2: nothing but warnings
};

// Reads what --test would read, with the same side effects: conf-scripts run, and host names of server lines are looked
// up. What --help or --version print is left to them, when they stand on the command line, too.
Verdict run(int argc, const char* const* argv, Format format, const System& system);

}  // namespace swapmasq::check
