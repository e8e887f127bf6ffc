// Where an option stands, and how dnsmasq's messages say so (spec config-language.md section 5.1).
#pragma once

#include <string>
#include <string_view>

#include "base/startup_error.hpp"

namespace swapmasq::config {

struct Location {
  enum class Source { command_line, file, script };

  Source source = Source::command_line;
  std::string name;   // path of the file, or the script's command
  unsigned line = 0;  // files only, from 1
};

// A message with its place, as dnsmasq writes it; an empty message is the unspecific one.
std::string framed(const Location& location, std::string_view message);
// The error for an option at this place.
StartupError error_at(const Location& location, std::string_view message);

}  // namespace swapmasq::config
