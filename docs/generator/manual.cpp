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

std::string heading(const grammar::OptionRow& row) {
  std::string text = ".It";
  if (row.letter != grammar::no_letter && !row.alias()) text += fmt::format(" Fl {} ,", row.letter);
  text += fmt::format(" Fl -{}", row.name);
  if (const auto argument = literal(joined_argument(row)); !argument.empty()) {
    const auto* const quote = argument.find(' ') == std::string::npos ? "" : "\"";
    text += fmt::format(" Ns Ar {0}{1}{0}", quote, argument);
  }
  return text + '\n';
}

}  // namespace

std::string manual_options() {
  std::string page;
  for (const auto& [area, title] : chapters()) {
    page += fmt::format(".Ss {}\n.Bl -tag -width Ds\n", title);
    for (const auto& row : grammar::option_table()) {
      if (row.area != area) continue;
      page += heading(row);
      append_wrapped(page, literal(row.help));
      if (row.repeat == grammar::Repeat::once) page += "At most once.\n";
      if (!row.since.empty()) page += fmt::format("Since release {}.\n", row.since);
      if (row.support != grammar::Support::works) page += fmt::format("State: {}.\n", state_of(row));
    }
    page += ".El\n";
  }
  return page;
}

}  // namespace swapmasq::documents
