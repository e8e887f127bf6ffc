// One line of a configuration file: quotes, escapes, comments, spaces and the first '=' (spec config-language.md
// section 3).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "grammar/option_table.hpp"

namespace swapmasq::grammar {

// An option as it was given, in a file or on the command line. The argument is in the protected encoding of
// grammar/quoting.hpp; absent differs from empty.
struct Directive {
  Option option{};  // never an alias
  std::optional<std::string> argument;
};

// The text of a line (without its LF) in the protected encoding: quotes and comment gone, white space turned into
// spaces, outer spaces trimmed. Also the whole grammar of lines in dhcp-hostsfile and dhcp-optsfile.
// Error: dnsmasq's message.
Result<std::string> lex_line(std::string_view line);

// The same, and where every octet comes from: for messages that point at something.
struct TracedLine {
  std::string text;
  std::vector<std::size_t> origins;           // for each octet of the text, its offset in the line
  std::optional<std::size_t> unclosed_quote;  // the offset of a quote that does not end; the text ends there
};
TracedLine trace_line(std::string_view line);

// Nothing for a line without content. Error: dnsmasq's message, without location.
Result<std::optional<Directive>> read_line(std::string_view line);

}  // namespace swapmasq::grammar
