#include "script.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace swapmasq::compat {

namespace {

std::vector<std::string> split_words(std::size_t line, std::string_view text) {
  std::vector<std::string> words;
  std::string current;
  bool in_word = false;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
      in_word = true;
    } else if (!quoted && (c == ' ' || c == '\t')) {
      if (in_word) words.push_back(std::exchange(current, {}));
      in_word = false;
    } else {
      current += c;
      in_word = true;
    }
  }
  if (quoted) throw ScriptError(line, "quote without end");
  if (in_word) words.push_back(current);
  return words;
}

bool is_named(std::string_view word) {
  if (word.empty() || word.front() < 'a' || word.front() > 'z') return false;
  const std::size_t equals = word.find('=');
  return equals != std::string_view::npos &&
         std::all_of(word.begin(), word.begin() + static_cast<long>(equals),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

Step parse_step(std::size_t line, const std::string& text) {
  Step step;
  step.line = line;
  const std::size_t start = text.find_first_not_of(" \t");
  step.written = text.substr(start);
  const std::size_t verb_end = std::min(step.written.find_first_of(" \t"), step.written.size());
  step.verb = step.written.substr(0, verb_end);
  const std::size_t rest = step.written.find_first_not_of(" \t", verb_end);
  if (rest != std::string::npos) step.rest = step.written.substr(rest);
  if (step.verb == "sh" || step.verb == "client-sh") return step;  // the shell does its own quoting
  for (std::string& word : split_words(line, step.rest)) {
    if (is_named(word)) {
      const std::size_t equals = word.find('=');
      step.arguments.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    } else {
      step.words.push_back(std::move(word));
    }
  }
  return step;
}

}  // namespace

ScriptError::ScriptError(std::size_t line, const std::string& what)
    : std::runtime_error("script line " + std::to_string(line) + ": " + what) {}

std::uint32_t parse_number(std::size_t line, std::string_view text) {
  const bool hex = text.starts_with("0x");
  const std::string_view digits = hex ? text.substr(2) : text;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
  if (error != std::errc{} || end != digits.data() + digits.size()) {
    throw ScriptError(line, "not a number: " + std::string{text});
  }
  return value;
}

std::optional<std::string> Step::argument(std::string_view name) const {
  for (const auto& [key, value] : arguments) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string Step::argument_or(std::string_view name, std::string_view otherwise) const {
  return argument(name).value_or(std::string{otherwise});
}

std::uint32_t Step::number_or(std::string_view name, std::uint32_t otherwise) const {
  const auto text = argument(name);
  return text ? parse_number(line, *text) : otherwise;
}

std::int64_t Step::milliseconds_or(std::string_view name, std::int64_t otherwise) const {
  const auto text = argument(name);
  if (!text) return otherwise;
  double seconds = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (error != std::errc{}) throw ScriptError(line, "not a time: " + *text);
  return std::llround(seconds * 1000);
}

bool Step::has_word(std::string_view word) const { return std::find(words.begin(), words.end(), word) != words.end(); }

const std::string& Step::word(std::size_t index) const {
  if (index >= words.size()) throw ScriptError(line, "too few words");
  return words[index];
}

std::vector<Step> parse_script(std::string_view text) {
  std::vector<Step> steps;
  std::string pending;
  std::size_t line = 0;
  std::size_t first = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view current = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line;
    if (pending.empty()) {
      const std::size_t start = current.find_first_not_of(" \t");
      if (start == std::string_view::npos || current[start] == '#') continue;
      first = line;
    }
    const bool continued = current.ends_with('\\');
    if (continued) current.remove_suffix(1);
    if (!pending.empty()) current.remove_prefix(std::min(current.find_first_not_of(" \t"), current.size()));
    pending += current;
    if (!continued) steps.push_back(parse_step(first, std::exchange(pending, {})));
  }
  if (!pending.empty()) throw ScriptError(line, "continuation without a line");
  return steps;
}

}  // namespace swapmasq::compat
