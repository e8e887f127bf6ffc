// What `--show` prints: who says it, and what, one line at a time.
#pragma once

#include <string>

namespace swapmasq::compat {

class TerminalVoice {
 public:
  // `on` false makes it mute.
  TerminalVoice(bool on, std::string speaker) : on_(on), speaker_(std::move(speaker)) {}

  // Prints the lines that `text` completes; empty ones are left out.
  void say(const std::string& text);
  // Prints what has no newline yet.
  void finish();

 private:
  void print_line(const std::string& line) const;

  bool on_;
  std::string speaker_;
  std::string pending_;
};

}  // namespace swapmasq::compat
