// The one way from the command line to settings: reads all configuration in dnsmasq's order, checks it as a whole and
// says what the program has to do (spec config-language.md sections 1 to 7).
//
// Domain names that are not ASCII are read in the character set of the locale, which the caller has set.
//
// Every error is thrown as StartupError with dnsmasq's message and exit code; the caller frames it for the user
// (an empty line, "dnsmasq: ", the message) and for the log. With an observer none is thrown.
#pragma once

#include <string>
#include <variant>

#include "config/observer.hpp"
#include "settings/settings.hpp"

namespace swapmasq::config {

// What --help, --version and --test print before the program ends with success.
struct Answer {
  std::string standard_output;
  std::string standard_error;
};

using Outcome = std::variant<settings::Settings, Answer>;

// Reads files, standard input (conf-file=-) and the output of conf-script, and resolves the host names of server lines.
// Opens no socket and writes no file. `observer` may be null.
[[nodiscard]] Outcome load(int argc, const char* const* argv, Observer* observer = nullptr);

}  // namespace swapmasq::config
