// Who watches the reading of a configuration to its end. Without an observer the first error ends the reading; with
// one, errors are told to it, and reading goes on at the next line.
#pragma once

#include <string_view>

#include "base/startup_error.hpp"
#include "config/draft.hpp"
#include "config/location.hpp"
#include "grammar/line.hpp"

namespace swapmasq::config {

// A line of a source as it stands there. Of the command line: one option, its argument included.
struct SourceLine {
  const Location& location;
  std::string_view text;
};

// All references live as long as the call.
class Observer {
 public:
  Observer() = default;
  virtual ~Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;

  // An option is going to be acted on, then has been, or will not be, because of its message.
  virtual void reading(const SourceLine& line, const grammar::Directive& directive) = 0;
  virtual void accepted(const SourceLine& line, const grammar::Directive& directive) = 0;
  // A file had it before, so that it does not count any more.
  virtual void ignored(const SourceLine& line, const grammar::Directive& directive) = 0;
  // What is wrong with a line, or with what it includes.
  virtual void failed(const SourceLine& line, const StartupError& error) = 0;
  // What is wrong with the configuration as a whole, or with words of the command line that are no options.
  virtual void failed(const StartupError& error) = 0;
  // Every line has been read and the whole has been checked, with or without errors.
  virtual void finished(const Draft& draft) = 0;
};

}  // namespace swapmasq::config
