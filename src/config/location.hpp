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

// An error in a line, as dnsmasq words it, and its message alone.
class LineError : public StartupError {
 public:
  LineError(const std::string& framed, std::string_view message)
      : StartupError(ExitCode::bad_config, framed), message_(message) {}

  const std::string& message() const { return message_; }

 private:
  std::string message_;
};

// A message with its place, as dnsmasq writes it; an empty message is the unspecific one.
std::string framed(const Location& location, std::string_view message);
// The error for an option at this place.
LineError error_at(const Location& location, std::string_view message);

}  // namespace swapmasq::config
