#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "documents.hpp"

namespace swapmasq::documents {

namespace {

constexpr std::size_t line_width = 79;

// Text that roff prints as it stands.
std::string literal(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '\\':
        escaped += "\\e";
        break;
      case '\'':
        escaped += "\\(aq";
        break;
      case '`':
        escaped += "\\(ga";
        break;
      case '"':
        escaped += "\\(dq";
        break;
      case ',':
        escaped += ",\\:";  // a line may end here
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

// Broken between words, as mandoc asks for.
void append_wrapped(std::string& page, std::string_view text) {
  while (text.size() > line_width) {
    const auto end = text.rfind(' ', line_width);
    if (end == std::string_view::npos) break;
    page.append(text.substr(0, end)) += '\n';
    text.remove_prefix(end + 1);
  }
  page.append(text) += '\n';
}

std::string long_form(std::string_view name, grammar::ArgumentKind kind, std::string_view argument_text) {
  const auto argument = literal(joined_argument(kind, argument_text));
  if (argument.empty()) return fmt::format(" Fl -{}\n", name);
  const auto* const quote = argument.find(' ') == std::string::npos ? "" : "\"";
  return fmt::format(" Fl -{0} Ns Ar {1}{2}{1}\n", name, quote, argument);
}

}  // namespace

std::string manual_options() {
  std::string page;
  for (const auto& [area, title] : chapters()) {
    page += fmt::format(".Ss {}\n.Bl -tag -width Ds\n", title);
    for (const auto& row : grammar::option_table()) {
      if (row.area != area) continue;
      page += ".It";
      if (row.letter != grammar::no_letter && !row.alias()) page += fmt::format(" Fl {} ,", row.letter);
      page += long_form(row.name, row.argument, row.argument_text);
      append_wrapped(page, literal(row.help));
      if (row.repeat == grammar::Repeat::once) page += "At most once.\n";
      if (!row.since.empty()) page += fmt::format("Since release {}.\n", row.since);
      if (row.support != grammar::Support::works) page += fmt::format("State: {}.\n", state_of(row));
    }
    page += ".El\n";
  }
  page += ".Ss Options that dnsmasq does not have\nThey stand on the command line, and are written in full.\n";
  page += ".Bl -tag -width Ds\n";
  for (const auto& row : grammar::own_option_table()) {
    page += ".It" + long_form(row.name, row.argument, row.argument_text);
    append_wrapped(page, literal(row.help));
  }
  return page + ".El\n";
}

}  // namespace swapmasq::documents
