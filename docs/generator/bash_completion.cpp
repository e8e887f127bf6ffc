#include <fmt/format.h>

#include "completion_values.hpp"
#include "documents.hpp"

namespace swapmasq::documents {

namespace {

// The options with such values as a pattern of case: "-C|--conf-file|...".
std::string pattern_of(Values values) {
  std::string pattern;
  for (const auto& row : grammar::option_table()) {
    if (values_of(row) != values) continue;
    if (!pattern.empty()) pattern += "|";
    if (row.letter != grammar::no_letter && row.argument != grammar::ArgumentKind::optional_in_long_form &&
        !row.alias()) {
      pattern += fmt::format("-{}|", row.letter);
    }
    pattern += fmt::format("--{}", row.name);
  }
  return pattern;
}

std::string offer(std::string_view pattern, std::string_view values, std::string_view after = "") {
  return fmt::format("  {})\n    mapfile -t COMPREPLY < <(compgen {} -- \"$word\")\n{}    ;;\n", pattern, values,
                     after);
}

std::string offer_words(std::string_view name, std::string_view words) {
  return offer(fmt::format("--{}", name), fmt::format("-W '{}'", words));
}

std::string name_in_list(std::string_view name, grammar::ArgumentKind argument) {
  return fmt::format("    --{}{}\n", name, argument == grammar::ArgumentKind::required ? "=" : "");
}

}  // namespace

std::string bash_completion() {
  std::string text = R"(# bash completion for dnsmasq. Made from the option table by docs/generator.

_dnsmasq() {
  local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} equals=
  COMPREPLY=()
  # bash makes the equals sign a word of its own.
  if [[ $word == = ]]; then
    word= equals=1
  elif [[ $option == = ]]; then
    option=${COMP_WORDS[COMP_CWORD - 2]} equals=1
  fi
  case $option in
)";
  text += offer(pattern_of(Values::files), "-f", "    compopt -o filenames 2>/dev/null\n");
  text += offer(pattern_of(Values::folders), "-d", "    compopt -o filenames 2>/dev/null\n");
  text += offer(pattern_of(Values::interfaces), R"-(-W "$(ls /sys/class/net 2>/dev/null)")-");
  text += offer(pattern_of(Values::users), "-u");
  text += offer(pattern_of(Values::groups), "-g");
  for (const auto& row : grammar::option_table()) {
    if (const auto words = words_of(row); !words.empty()) text += offer_words(row.name, words);
  }
  for (const auto& row : grammar::own_option_table()) {
    if (const auto words = words_of(row); !words.empty()) text += offer_words(row.name, words);
  }
  text += offer("-w|--help", "-W 'dhcp dhcp6'");
  text += fmt::format("  {})\n    return\n    ;;\n  esac\n", pattern_of(Values::anything));
  text += "  [[ -z $equals && ${#COMPREPLY[@]} -eq 0 && ( -z $word || $word == -* ) ]] || return\n  local -a names=(\n";
  for (const auto& row : grammar::option_table()) text += name_in_list(row.name, row.argument);
  for (const auto& row : grammar::own_option_table()) text += name_in_list(row.name, row.argument);
  text += R"(  )
  mapfile -t COMPREPLY < <(compgen -W "${names[*]}" -- "$word")
  [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
}

complete -F _dnsmasq dnsmasq
)";
  return text;
}

}  // namespace swapmasq::documents
