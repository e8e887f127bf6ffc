#include "grammar/diagnosis.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "grammar/quoting.hpp"

namespace swapmasq::grammar {

namespace {

constinit thread_local Diagnosis* innermost = nullptr;

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
  auto offset = argument.find(text_);
  if (offset == std::string_view::npos) offset = unquote(argument).find(text_);
  if (offset == std::string_view::npos) return std::nullopt;
  Span span{offset + span_->begin, offset + span_->end};
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
