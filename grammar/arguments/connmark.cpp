#include "grammar/arguments/connmark.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"

namespace swapmasq::grammar {
namespace {

// The list, and the labels of the pattern that is being read.
struct Line {
  settings::ConnmarkAllowlist allowlist;
  std::vector<std::string> labels;
};

}  // namespace

namespace rules {
namespace {

struct mark : plus<digit> {};
struct mask : plus<digit> {};

// Letters, digits and '*'; hyphens between them.
struct label_character : sor<ranges<'0', '9', 'a', 'z', 'A', 'Z'>, one<'*'>> {};
struct label : seq<label_character, star<star<one<'-'>>, label_character>> {};
struct name : seq<label, plus<one<'.'>, label>> {};
struct end_of_pattern : at<sor<one<'/'>, eof>> {};
struct every_name : seq<one<'*'>, end_of_pattern> {};
struct name_pattern : seq<name, end_of_pattern> {};
struct pattern : sor<every_name, name_pattern> {};
struct patterns : seq<pattern, star<one<'/'>, pattern>> {};
struct allowlist : seq<mark, opt<one<'/'>, mask>, one<','>, patterns, eof> {};
// Without a comma the numbers may be of any size.
struct without_patterns : seq<plus<digit>, opt<one<'/'>, plus<digit>>, eof> {};
struct connmark_allowlist : sor<without_patterns, allowlist> {};

}  // namespace
}  // namespace rules

namespace {

constexpr std::size_t longest_label = 63;
constexpr std::size_t longest_name = 253;

std::size_t length_without_wildcards(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count(text, '*'));
}

// The last two labels are a registered domain, not a pattern.
bool may_end_with(std::string_view second_to_last, std::string_view last) {
  const bool all_digits = last.find_first_not_of("0123456789") == std::string_view::npos;
  return second_to_last.find('*') == std::string_view::npos && last.find('*') == std::string_view::npos &&
         !all_digits && !same_word(last, "local");
}

template <typename Rule>
struct action {};
template <>
struct action<rules::mark> {
  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    return assign_uint32(in.string_view(), line.allowlist.mark);
  }
};
template <>
struct action<rules::mask> {
  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    return assign_uint32(in.string_view(), line.allowlist.mask);
  }
};
template <>
struct action<rules::label> {
  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    constexpr int most_wildcards = 2;
    line.labels.push_back(in.string());
    return std::ranges::count(line.labels.back(), '*') <= most_wildcards &&
           length_without_wildcards(line.labels.back()) <= longest_label;
  }
};
template <>
struct action<rules::name_pattern> {
  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    const std::vector<std::string> labels = std::exchange(line.labels, {});
    line.allowlist.patterns.push_back(in.string());
    return may_end_with(labels.at(labels.size() - 2), labels.back()) &&
           length_without_wildcards(in.string_view()) <= longest_name;
  }
};
template <>
struct action<rules::every_name> {
  static void apply0(Line& line) { line.allowlist.patterns.emplace_back("*"); }
};

}  // namespace

Result<std::uint32_t> parse_connmark_allowlist_enable(std::string_view argument) {
  std::uint32_t mask = 0;
  if (!assign_uint32(unquote(argument), mask) || mask == 0) return refused("");
  return mask;
}

Result<std::optional<settings::ConnmarkAllowlist>> parse_connmark_allowlist(std::string_view argument) {
  const std::string plain = unquote(argument);
  auto line = parse<rules::connmark_allowlist, action>(plain, Line{});
  if (!line) return tl::unexpected(line.error());
  const auto& [mark, mask, patterns] = line->allowlist;
  if (patterns.empty()) return std::nullopt;
  if (mark == 0 || mask == 0 || (mark & ~mask) != 0) return refused("");
  return std::move(line->allowlist);
}

std::size_t problems_in_connmark() { return problems_of<rules::connmark_allowlist>(); }

}  // namespace swapmasq::grammar
