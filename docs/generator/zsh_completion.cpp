#include <fmt/format.h>

#include "completion_values.hpp"
#include "documents.hpp"

namespace swapmasq::documents {

namespace {

// Inside single quotes, with what has a meaning in a specification of _arguments masked.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
      continue;
    }
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

template <typename Row>
std::string action_of(const Row& row) {
  switch (values_of(row)) {
    case Values::words:
      return fmt::format("({})", words_of(row));
    case Values::files:
      return "_files";
    case Values::folders:
      return "_files -/";
    case Values::interfaces:
      return "_net_interfaces";
    case Values::users:
      return "_users";
    case Values::groups:
      return "_groups";
    case Values::nothing:
    case Values::anything:
      break;
  }
  return " ";
}

// The argument's part of a specification: nothing, ":what:action" or "::what:action" for one that may be left out.
template <typename Row>
std::string argument_of(const Row& row, bool short_form) {
  using grammar::ArgumentKind;
  if (row.argument == ArgumentKind::none) return "";
  if (short_form && row.argument == ArgumentKind::optional_in_long_form) return "";
  const bool optional = row.argument != ArgumentKind::required && !short_form;
  const auto what = row.argument_text.empty() ? "value" : row.argument_text;
  return fmt::format("{}{}:{}", optional ? "::" : ":", escaped(what), action_of(row));
}

// "-p+" takes its argument in the same word or the next, "--port=" after an equals sign or as the next word, and
// "--user=-" only after an equals sign.
std::string_view joint(grammar::ArgumentKind argument, bool short_form) {
  using grammar::ArgumentKind;
  if (argument == ArgumentKind::none) return "";
  if (short_form) return argument == ArgumentKind::optional_in_long_form ? "" : "+";
  return argument == ArgumentKind::required ? "=" : "=-";
}

}  // namespace

std::string zsh_completion() {
  std::string text = "#compdef dnsmasq\n# Made from the option table by docs/generator.\n\n_arguments -s";
  for (const auto& row : grammar::option_table()) {
    const bool has_letter = row.letter != grammar::no_letter && !row.alias();
    const auto exclusive = row.repeat == grammar::Repeat::any ? std::string{"*"}
                           : has_letter                       ? fmt::format("(-{} --{})", row.letter, row.name)
                                                              : std::string{};
    if (has_letter) {
      text += fmt::format(" \\\n  '{}-{}{}[{}]{}'", exclusive, row.letter, joint(row.argument, true), escaped(row.help),
                          argument_of(row, true));
    }
    text += fmt::format(" \\\n  '{}--{}{}[{}]{}'", exclusive, row.name, joint(row.argument, false), escaped(row.help),
                        argument_of(row, false));
  }
  for (const auto& row : grammar::own_option_table()) {
    text += fmt::format(" \\\n  '--{}{}[{}]{}'", row.name, joint(row.argument, false), escaped(row.help),
                        argument_of(row, false));
  }
  text += '\n';
  return text;
}

}  // namespace swapmasq::documents
