#include "grammar/command_line.hpp"

#include <algorithm>
#include <array>
#include <getopt.h>
#include <optional>
#include <string_view>

namespace swapmasq::grammar {

namespace {

// Codes of long options start above every letter. Aliases share the code of their option, so that getopt_long does not
// take an abbreviation that fits both for ambiguous.
constexpr int first_long_code = 256;

int has_argument(ArgumentKind kind) {
  switch (kind) {
    case ArgumentKind::none:
      return no_argument;
    case ArgumentKind::required:
      return required_argument;
    case ArgumentKind::optional:
    case ArgumentKind::optional_in_long_form:
      return optional_argument;
  }
  return no_argument;
}

std::array<option, option_count + 1> long_options() {
  std::array<option, option_count + 1> options{};
  std::ranges::transform(option_table(), options.begin(), [](const OptionRow& row) {
    return option{row.name.data(), has_argument(row.argument), nullptr,
                  first_long_code + static_cast<int>(index_of(row.canonical))};
  });
  return options;
}

std::string short_options() {
  std::string letters;
  for (const auto& row : option_table()) {
    if (row.letter == no_letter || row.alias()) continue;
    letters.push_back(row.letter);
    if (row.argument == ArgumentKind::required || row.argument == ArgumentKind::optional) letters.push_back(':');
  }
  return letters;
}

std::optional<Option> option_of_code(int code) {
  if (code >= first_long_code) return static_cast<Option>(code - first_long_code);
  const auto found = std::ranges::find_if(
      option_table(), [code](const OptionRow& row) { return row.letter != no_letter && row.letter == code; });
  if (found == option_table().end()) return std::nullopt;
  return found->canonical;
}

// getopt_long does not know the options of our own and reports them like any unknown one.
std::optional<OwnDirective> own_directive(std::string_view word) {
  if (!word.starts_with("--")) return std::nullopt;
  const auto equals = word.find('=');
  const auto* const row = find_own_option(word.substr(2, equals == std::string_view::npos ? equals : equals - 2));
  const bool has_argument = equals != std::string_view::npos;
  if (row == nullptr) return std::nullopt;
  const bool fits =
      row->argument == ArgumentKind::optional || has_argument == (row->argument == ArgumentKind::required);
  if (!fits) return std::nullopt;
  OwnDirective directive{row->option, std::nullopt};
  if (has_argument) directive.argument = word.substr(equals + 1);
  return directive;
}

bool blank(std::string_view word) { return word.find_first_not_of(" \t\n\v\f\r") == std::string_view::npos; }

}  // namespace

CommandLine read_command_line(int argc, const char* const* argv) {
  // getopt_long reorders its words and wants them mutable.
  std::vector<std::string> words(argv, argv + argc);
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  const auto longs = long_options();
  const auto shorts = short_options();
  const auto word_at = [&](int index) { return std::string{pointers[static_cast<std::size_t>(index)]}; };
  CommandLine result;
  opterr = 0;
  optind = 0;  // glibc: forget what an earlier call left behind
  while (true) {
    const int code = getopt_long(argc, pointers.data(), shorts.c_str(), longs.data(), nullptr);
    if (code == -1) break;
    const auto found = option_of_code(code);
    if (!found) {
      // In the middle of a bundle of letters optind has not come to the word's end yet.
      auto word = optind > 0 ? word_at(std::min(optind, argc) - 1) : std::string{};
      if (optopt != 0 && optopt < first_long_code) word = std::string{"-"} + static_cast<char>(optopt);
      if (auto own = own_directive(word)) {
        result.own.push_back(*std::move(own));
      } else {
        result.malformed.push_back({result.directives.size(), std::move(word)});
      }
      continue;
    }
    result.directives.push_back({*found, optarg != nullptr ? std::optional<std::string>{optarg} : std::nullopt});
  }
  for (int i = optind; i < argc; ++i) {
    if (auto word = word_at(i); !blank(word)) result.junk.push_back(std::move(word));
  }
  return result;
}

}  // namespace swapmasq::grammar
