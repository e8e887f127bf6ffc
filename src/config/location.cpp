#include "config/location.hpp"

#include <fmt/format.h>

namespace swapmasq::config {

std::string framed(const Location& location, std::string_view message) {
  switch (location.source) {
    case Location::Source::command_line:
      return fmt::format("bad command line options: {}", message.empty() ? "try --help" : message);
    case Location::Source::file:
      return fmt::format("{} at line {} of {}", message.empty() ? "error" : message, location.line, location.name);
    case Location::Source::script:
      return fmt::format("{} in output from {}", message.empty() ? "error" : message, location.name);
  }
  return std::string{message};
}

LineError error_at(const Location& location, std::string_view message) { return {framed(location, message), message}; }

}  // namespace swapmasq::config
