#include "check/text_report.hpp"

#include <algorithm>
#include <cwchar>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>
#include <string_view>

#include "check/characters.hpp"

namespace swapmasq::check {

namespace {

constexpr std::size_t window = 120;  // characters of a line that are shown
constexpr std::size_t lead = 40;     // of these, before the piece

bool is_control(char32_t code) { return code < 0x20 || (code >= 0x7f && code < 0xa0); }

// Columns of a terminal.
std::size_t width_of(char32_t code) {
  if (code < 0x7f) return 1;
  const int width = wcwidth(static_cast<wchar_t>(code));
  return width < 0 ? 1 : static_cast<std::size_t>(width);
}

std::string shown(std::string_view line, const Character& character) {
  if (character.code == '\t') return "\t";
  if (is_control(character.code)) return "?";
  const auto octets = line.substr(character.offset, character.length);
  const bool broken = character.length == 1 && character.code > 0x7f;
  return broken ? "?" : std::string{octets};
}

// The same for a whole text without tabs.
std::string shown(std::string_view text) {
  std::string result;
  for (const auto& character : characters_of(text)) {
    result += character.code == '\t' ? std::string{" "} : shown(text, character);
  }
  return result;
}

// The source line and the carets under its piece.
std::string excerpt(const Place& place) {
  const std::string_view line{place.text};
  const auto characters = characters_of(line);
  const auto before = static_cast<std::size_t>(
      std::ranges::count_if(characters, [&](const Character& c) { return c.offset + c.length <= place.begin; }));
  const auto first = before > lead && characters.size() > window ? before - lead : 0;
  const auto last = std::min(characters.size(), first + window);

  auto source = std::string{first > 0 ? "..." : ""};
  std::string carets(source.size(), ' ');
  std::size_t marked = 0;
  for (auto i = first; i < last; ++i) {
    const auto& character = characters[i];
    source += shown(line, character);
    const bool inside = character.offset >= place.begin && character.offset < place.end;
    const auto columns = width_of(character.code);
    if (i < before) {
      carets += character.code == '\t' ? std::string{"\t"} : std::string(columns, ' ');
    } else if (inside) {
      carets += std::string(columns, marked == 0 ? '^' : '~');
      marked += columns;
    }
  }
  if (last < characters.size()) source += "...";
  if (marked == 0) carets += '^';
  const auto number = place.line == 0 ? std::string{} : std::to_string(place.line);
  return fmt::format("{:>6} | {}\n       | {}\n", number, source, carets);
}

std::string heading(const Place& place) {
  const auto column = column_of(place.text, place.begin);
  if (place.line == 0) return fmt::format("{}: ", shown(place.file));
  return fmt::format("{}:{}:{}: ", shown(place.file), place.line, column);
}

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

std::string text_of(const Report& report) {
  std::string text;
  const auto out = std::back_inserter(text);
  for (const auto& finding : report.findings()) {
    const bool error = finding.severity == Finding::Severity::error;
    fmt::format_to(out, "{}{}: {} [{}]\n", finding.place ? heading(*finding.place) : "", error ? "error" : "warning",
                   shown(finding.message), finding.rule);
    if (finding.place) text += excerpt(*finding.place);
    if (!finding.expected.empty()) {
      fmt::format_to(out, "       = expected {}\n", shown(fmt::format("{}", fmt::join(finding.expected, " or "))));
    }
    if (finding.nearest) fmt::format_to(out, "       = did you mean \"{}\"?\n", shown(*finding.nearest));
    if (!finding.since.empty()) fmt::format_to(out, "       = since dnsmasq {}\n", finding.since);
    for (const auto& related : finding.related) {
      fmt::format_to(out, "{}note: {}\n{}", heading(related.place), shown(related.message), excerpt(related.place));
    }
  }
  const auto errors = report.count(Finding::Severity::error);
  const auto warnings = report.count(Finding::Severity::warning);
  fmt::format_to(out, "dnsmasq: configuration check: {}, {}.\n", counted(errors, "error"),
                 counted(warnings, "warning"));
  return text;
}

}  // namespace swapmasq::check
