// What the process that runs scripts tells the daemon: how its start went, and lines for the log.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/bytes.hpp"
#include "log/line.hpp"

namespace swapmasq::script {

struct Ready {
  bool operator==(const Ready&) const = default;
};
// It has ended.
struct Failed {
  int exit_code = 0;
  std::string message;
  bool operator==(const Failed&) const = default;
};
using Report = std::variant<Ready, Failed, log::Line>;

// Texts beyond 2048 octets, which no log line has, are cut, so that a report is written to a pipe in one piece.
Bytes encode(const Report& report);

// The first report in the stream, which is taken out of it; nothing while it is incomplete. What is no report empties
// the stream.
std::optional<Report> take_report(Bytes& stream);

}  // namespace swapmasq::script
