#include "check/collector.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>
#include <utility>

#include "check/nearest.hpp"
#include "grammar/line.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::check {

namespace {

using grammar::Option;

Finding error_finding(std::string rule, const StartupError& error) {
  Finding finding;
  finding.severity = Finding::Severity::error;
  finding.rule = std::move(rule);
  finding.message = error.what();
  finding.dnsmasq = error.what();
  return finding;
}

// How an option is written, with its argument.
std::string usage_of(const grammar::OptionRow& row) {
  const bool equals_sign = !row.argument_text.empty() && !row.argument_text.starts_with('[');
  return fmt::format("{}{}{}", row.name, equals_sign ? "=" : "", row.argument_text);
}

// For arguments whose parser says nothing of its own.
std::string argument_of(const grammar::OptionRow& row) {
  constexpr std::array numbers{"<integer>", "<port>", "<milliseconds>", "#ports", "<ttl>", "[=<integer>]"};
  if (std::ranges::find(numbers, row.argument_text) != numbers.end()) return "a number";
  if (row.argument_text == "<ipaddr>") return "an IP address";
  return usage_of(row);
}

void suggest_option(Finding& finding, std::string_view keyword) {
  const auto name = nearest_option(keyword);
  if (!name) return;
  finding.nearest = *name;
  finding.since = grammar::find_option(*name)->since;
}

// A line that is no option.
void describe_line(Finding& finding, const config::SourceLine& line) {
  finding.place = place_of_line(line);
  if (finding.message == "missing \"") {
    finding.expected = {"a closing quote"};
    return;
  }
  finding.place = place_of_keyword(line);
  const auto& place = *finding.place;
  const std::string_view keyword = std::string_view{place.text}.substr(place.begin, place.end - place.begin);
  if (const auto* const row = grammar::find_option(keyword)) {
    finding.expected = {usage_of(*row)};
    finding.since = row->since;
  } else {
    suggest_option(finding, keyword);
  }
}

// A word of the command line that is no option, or one with a wrong number of arguments.
void describe_word(Finding& finding, const config::SourceLine& line) {
  finding.place = place_of_keyword(line);
  const auto& place = *finding.place;
  auto keyword = std::string_view{place.text}.substr(0, place.end);
  keyword.remove_prefix(std::min(keyword.find_first_not_of('-'), keyword.size()));
  if (const auto* const row = grammar::find_option(keyword)) {
    finding.message = "wrong number of arguments";
    finding.expected = {"--" + usage_of(*row)};
    finding.since = row->since;
  } else {
    finding.message = "unknown or ambiguous option";
    suggest_option(finding, keyword);
    if (finding.nearest) finding.nearest = "--" + *finding.nearest;
  }
}

// An option whose argument was refused.
void describe_argument(Finding& finding, const Entry& entry, const grammar::Diagnosis& diagnosis) {
  const auto& row = grammar::row_of(entry.option);
  finding.since = row.since;
  const auto span = diagnosis.span_in(entry.value());
  finding.place = span ? place_of(entry, *span) : place_of(entry);
  finding.expected = diagnosis.expected();
  if (finding.message.empty()) {
    finding.message = fmt::format("bad argument of {}", row.name);
    if (finding.expected.empty()) finding.expected = {argument_of(row)};
  }
  if (span && !diagnosis.known_words().empty()) {
    const auto word = grammar::unquote(entry.value().substr(span->begin, span->end - span->begin));
    finding.nearest = nearest(word, diagnosis.known_words());
  }
}

// The option that a check of the whole configuration speaks of.
std::optional<Option> subject_of(std::string_view message) {
  struct Subject {
    std::string_view words;
    Option option;
  };
  constexpr auto subjects = std::to_array<Subject>({
      {"CNAME loop", Option::cname},
      {"no-poll mode", Option::resolv_file},
      {"resolv.conf to read domain", Option::domain},
      {"no search directive", Option::domain},
      {"failed to read", Option::domain},
      {"srv-host", Option::srv_host},
      {"--dhcp-fqdn", Option::dhcp_fqdn},
      {"root trust anchor", Option::dnssec},
      {"cache size from default", Option::cache_size},
      {"--conntrack", Option::query_port},
      {"Ubus", Option::enable_ubus},
      {"max_port", Option::max_port},
      {"port_limit", Option::port_limit},
      {"--auth-server", Option::auth_zone},
      {"--bind-dynamic", Option::bind_dynamic},
  });
  const auto* const found = std::ranges::find_if(
      subjects, [&](const Subject& subject) { return message.find(subject.words) != std::string_view::npos; });
  return found == subjects.end() ? std::nullopt : std::optional{found->option};
}

}  // namespace

void Collector::reading(const config::SourceLine& line, const grammar::Directive& directive) {
  diagnosis_.clear();
  open_.push_back({&line, entries_.make(line, directive)});
}

void Collector::accepted(const config::SourceLine& line, const grammar::Directive& /*directive*/) {
  close(line, Entry::Fate::accepted);
}

void Collector::ignored(const config::SourceLine& line, const grammar::Directive& /*directive*/) {
  close(line, Entry::Fate::ignored);
}

void Collector::close(const config::SourceLine& line, Entry::Fate fate) {
  while (open_.back().line != &line) open_.pop_back();
  auto& entry = open_.back().entry;
  entry.fate = fate;
  entries_.add(std::move(entry));
  open_.pop_back();
}

void Collector::failed(const config::SourceLine& line, const StartupError& error) {
  const auto* const line_error = dynamic_cast<const config::LineError*>(&error);
  const bool option_read = !open_.empty() && open_.back().line == &line;
  if (line_error == nullptr) {
    // What cannot be included: the option itself is one, and still open.
    auto finding = error_finding(option_read ? "include" : "command-line", error);
    finding.place = option_read ? place_of(open_.back().entry) : place_of_line(line);
    report_.add(std::move(finding));
    return;
  }
  auto finding = error_finding("syntax", error);
  finding.message = line_error->message();
  if (!option_read) {
    if (line.location.source == config::Location::Source::command_line) {
      describe_word(finding, line);
    } else {
      describe_line(finding, line);
    }
    report_.add(std::move(finding));
    return;
  }
  auto& entry = open_.back().entry;
  if (finding.message.starts_with("illegal repeated")) {
    finding.rule = "repeated";
    finding.place = place_of_keyword(line);
    const auto before = entries_.of(entry.option);
    const auto first = std::ranges::find_if(
        before, [&](const Entry* other) { return other->on_command_line() == entry.on_command_line(); });
    if (first != before.end()) finding.related.push_back({"first given here", place_of_keyword(**first)});
  } else {
    if (grammar::refusal(grammar::row_of(entry.option))) finding.rule = "unsupported";
    describe_argument(finding, entry, diagnosis_);
  }
  entry.finding = report_.add(std::move(finding));
  close(line, Entry::Fate::refused);
}

void Collector::failed(const StartupError& error) {
  auto finding = error_finding("configuration", error);
  if (const auto subject = subject_of(finding.message)) {
    if (const auto entries = entries_.of(*subject); !entries.empty()) finding.place = place_of(*entries.back());
  }
  report_.add(std::move(finding));
}

void Collector::finished(const config::Draft& draft) { settings_ = draft.settings; }

}  // namespace swapmasq::check
