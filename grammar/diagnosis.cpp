#include "grammar/diagnosis.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "grammar/quoting.hpp"

namespace swapmasq::grammar {

namespace {

constinit thread_local Diagnosis* innermost = nullptr;

// Where a part of an argument stands in it: rather near the end, and between separators.
std::optional<std::size_t> offset_in(std::string_view argument, std::string_view part) {
  constexpr std::size_t longest = 4096;  // looking for longer ones takes too long
  constexpr int most_places = 16;
  if (part == argument) return 0;
  if (part.size() > longest) return std::nullopt;
  const auto separates = [&](std::size_t at) {
    return at >= argument.size() || std::string_view{" ,/#@%:"}.find(argument[at]) != std::string_view::npos;
  };
  auto at = argument.rfind(part);
  for (int places = 0; at != std::string_view::npos && places < most_places; ++places) {
    if ((at == 0 || separates(at - 1)) && separates(at + part.size())) return at;
    at = at == 0 ? std::string_view::npos : argument.rfind(part, at - 1);
  }
  at = argument.find(part);
  return at == std::string_view::npos ? std::nullopt : std::optional{at};
}

}  // namespace

Diagnosis::Diagnosis() : outer_(innermost) { innermost = this; }

Diagnosis::~Diagnosis() { innermost = outer_; }

Diagnosis* Diagnosis::current() { return innermost; }

void Diagnosis::clear() {
  text_.clear();
  span_.reset();
  refused_ = false;
  expected_.clear();
  known_words_.clear();
}

void Diagnosis::begin(std::string_view text) {
  clear();
  text_ = text;
}

void Diagnosis::succeed() { clear(); }

void Diagnosis::note(Span span, const char* expected, std::string_view keyword, Choices choices) {
  if (span_ && span.begin < span_->begin) return;
  if (!span_ || span.begin > span_->begin) {
    expected_.clear();
    known_words_.clear();
    span_ = span;
  }
  span_->end = std::max(span_->end, span.end);
  keep(expected, keyword, choices);
}

void Diagnosis::refuse(Span span) {
  expected_.clear();
  known_words_.clear();
  span_.reset();
  refused_ = true;
  if (span.begin != span.end) span_ = span;
}

void Diagnosis::blame(std::string_view piece, const char* expected, Choices choices) {
  begin(piece);
  span_ = Span{0, piece.size()};
  keep(expected, {}, choices);
}

void Diagnosis::keep(const char* expected, std::string_view keyword, Choices choices) {
  if (!keyword.empty()) known_words_.push_back(keyword);
  if (choices != nullptr) {
    const auto words = choices();
    known_words_.insert(known_words_.end(), words.begin(), words.end());
  }
  auto words = keyword.empty() ? std::string{expected == nullptr ? "" : expected} : fmt::format("\"{}\"", keyword);
  if (words.empty() || std::ranges::find(expected_, words) != expected_.end()) return;
  expected_.push_back(std::move(words));
}

// Parsers read the argument, a copy without quotes, which has the same length, or a part of either.
std::optional<Diagnosis::Span> Diagnosis::span_in(std::string_view argument) const {
  if (!span_) return std::nullopt;
  auto offset = offset_in(argument, text_);
  if (!offset) offset = offset_in(unquote(argument), text_);
  if (!offset) return std::nullopt;
  Span span{*offset + span_->begin, *offset + span_->end};
  // Where no word fitted, the whole field is meant.
  if (span.begin == span.end && span.begin < argument.size()) {
    const auto field_end = std::min(argument.find_first_of(",/", span.begin), argument.size());
    span.end = std::max(field_end, span.begin + 1);
  }
  return span;
}

void blame(std::string_view piece, const char* expected, Choices choices) {
  if (auto* const diagnosis = Diagnosis::current()) diagnosis->blame(piece, expected, choices);
}

}  // namespace swapmasq::grammar
