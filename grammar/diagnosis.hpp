// Where the reading of an argument came to a stop, and what could have stood there: for messages that say more than
// dnsmasq's. Grammars note it while a Diagnosis is alive on the thread, and at next to no cost when none is; what they
// accept and refuse is the same in both cases.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace swapmasq::grammar {

// Every word that is known in some place of an argument.
using Choices = std::vector<std::string_view> (*)();

class Diagnosis {
 public:
  struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;  // = begin: something is missing there
  };

  // The innermost living one of this thread is noted to.
  Diagnosis();
  ~Diagnosis();
  Diagnosis(const Diagnosis&) = delete;
  Diagnosis& operator=(const Diagnosis&) = delete;

  // Null when nobody wants to know.
  static Diagnosis* current();

  // Forgets what was noted.
  void clear();

  // For grammars: `text` is going to be read, or has been read completely.
  void begin(std::string_view text);
  void succeed();
  // Something did not fit at octets begin..end of that text. Only what is farthest to the right is kept. Null: nothing
  // to say about it. `keyword`: this word would have fitted.
  void note(Span span, const char* expected, std::string_view keyword = {}, Choices choices = nullptr);
  // The text was understood, but refused: nothing else that was noted counts.
  void refuse(Span span);
  bool refused() const { return refused_; }
  // For parsers without a grammar: this piece of the argument was refused.
  void blame(std::string_view piece, const char* expected, Choices choices = nullptr);

  // Where in `argument`, in protected form; nothing when it is not known.
  std::optional<Span> span_in(std::string_view argument) const;
  const std::vector<std::string>& expected() const { return expected_; }
  // The words that would have been understood.
  const std::vector<std::string_view>& known_words() const { return known_words_; }

 private:
  void keep(const char* expected, std::string_view keyword, Choices choices);

  Diagnosis* outer_;
  std::string text_;
  std::optional<Span> span_;
  bool refused_ = false;
  std::vector<std::string> expected_;
  std::vector<std::string_view> known_words_;
};

// Diagnosis::blame for the one that is alive, if any.
void blame(std::string_view piece, const char* expected, Choices choices = nullptr);

}  // namespace swapmasq::grammar
