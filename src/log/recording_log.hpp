// The fake of the log seam: keeps the lines, for tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "log/line.hpp"

namespace swapmasq::log {

class RecordingLog : public Log {
 public:
  void write(const Line& line) override { lines.push_back(line); }

  // The texts so far; forgets them.
  std::vector<std::string> take_texts() {
    std::vector<std::string> texts;
    for (auto& line : std::exchange(lines, {})) texts.push_back(std::move(line.text));
    return texts;
  }

  std::vector<Line> lines;
};

}  // namespace swapmasq::log
