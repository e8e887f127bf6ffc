#include "terminal.hpp"

#include <fmt/format.h>
#include <iostream>
#include <utility>

namespace swapmasq::compat {

void TerminalVoice::print_line(const std::string& line) const {
  if (on_ && line.find_first_not_of(" \t") != std::string::npos) {
    std::cout << fmt::format("{:>6} | {}\n", speaker_, line) << std::flush;
  }
}

void TerminalVoice::say(const std::string& text) {
  pending_ += text;
  for (std::size_t end = 0; (end = pending_.find('\n')) != std::string::npos;) {
    print_line(pending_.substr(0, end));
    pending_.erase(0, end + 1);
  }
}

void TerminalVoice::finish() { print_line(std::exchange(pending_, {})); }

}  // namespace swapmasq::compat
