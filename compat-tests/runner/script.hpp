// The text of a scenario's `script`: one step per line, `#` comments, shell-like double quotes, `\` at the end of a
// line continues it. A word `name=value` that starts with a lower-case letter is a named argument, any other word is
// positional. What the verbs mean is the player's business (scenario.hpp, README.md).
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace swapmasq::compat {

struct Step {
  std::size_t line = 0;
  std::string written;  // as it stands in the script, continuation lines joined
  std::string verb;
  std::string rest;  // everything after the verb, unparsed: for shell commands
  std::vector<std::string> words;
  std::vector<std::pair<std::string, std::string>> arguments;  // in the order of writing

  std::optional<std::string> argument(std::string_view name) const;
  std::string argument_or(std::string_view name, std::string_view otherwise) const;
  // Decimal or 0x hexadecimal; throws ScriptError when it is neither.
  std::uint32_t number_or(std::string_view name, std::uint32_t otherwise) const;
  // Seconds with an optional fraction, in milliseconds.
  std::int64_t milliseconds_or(std::string_view name, std::int64_t otherwise) const;
  bool has_word(std::string_view word) const;
  // The positional word at `index`; throws ScriptError when there is none.
  const std::string& word(std::size_t index) const;
};

// A mistake in a script: what, and in which line.
class ScriptError : public std::runtime_error {
 public:
  ScriptError(std::size_t line, const std::string& what);
};

std::vector<Step> parse_script(std::string_view text);

std::uint32_t parse_number(std::size_t line, std::string_view text);

}  // namespace swapmasq::compat
