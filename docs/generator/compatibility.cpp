#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "documents.hpp"

namespace swapmasq::documents {

namespace {

// A vertical bar would end the column.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped.push_back('\\');
    escaped.push_back(c);
  }
  return escaped;
}

}  // namespace

std::string compatibility_table() {
  std::string text;
  const auto out = std::back_inserter(text);
  for (const auto& [area, title] : chapters()) {
    fmt::format_to(out, "\n### {}\n\n| option | state | times | since |\n|---|---|---|---|\n", title);
    for (const auto& row : grammar::option_table()) {
      if (row.area != area) continue;
      fmt::format_to(out, "| `{}{}` | {} | {} | {} |\n", row.name,
                     cell(joined_argument(row.argument, row.argument_text)), state_of(row),
                     row.repeat == grammar::Repeat::once ? "once" : "any", row.since);
    }
  }
  fmt::format_to(out, "\n### Options that dnsmasq does not have\n\nOn the command line only, and always in full.\n\n");
  for (const auto& row : grammar::own_option_table()) {
    fmt::format_to(out, "- `--{}{}`: {}\n", row.name, joined_argument(row.argument, row.argument_text), row.help);
  }
  text += '\n';
  return text;
}

}  // namespace swapmasq::documents
