#include <fmt/format.h>

#include "completion_values.hpp"
#include "documents.hpp"

namespace swapmasq::documents {

namespace {

// Inside single quotes.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

template <typename Row>
std::string values_part(const Row& row) {
  switch (values_of(row)) {
    case Values::nothing:
      return "";
    case Values::anything:
      return " -x";
    case Values::words:
      return fmt::format(" -x -a '{}'", words_of(row));
    case Values::files:
      return " -r -F";
    case Values::folders:
      return " -x -a '(__fish_complete_directories)'";
    case Values::interfaces:
      return " -x -a '(__fish_print_interfaces)'";
    case Values::users:
      return " -x -a '(__fish_complete_users)'";
    case Values::groups:
      return " -x -a '(__fish_complete_groups)'";
  }
  return "";
}

}  // namespace

std::string fish_completion() {
  std::string text = "# Made from the option table by docs/generator.\ncomplete -c dnsmasq -f\n";
  for (const auto& row : grammar::option_table()) {
    const auto letter = row.letter == grammar::no_letter || row.alias() ? "" : fmt::format(" -s {}", row.letter);
    text +=
        fmt::format("complete -c dnsmasq{} -l {}{} -d '{}'\n", letter, row.name, values_part(row), escaped(row.help));
  }
  for (const auto& row : grammar::own_option_table()) {
    text += fmt::format("complete -c dnsmasq -l {}{} -d '{}'\n", row.name, values_part(row), escaped(row.help));
  }
  return text;
}

}  // namespace swapmasq::documents
