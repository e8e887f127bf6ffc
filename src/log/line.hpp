// A log line before it is framed: what happened, how grave, and which part of the program says so.
#pragma once

#include <string>

namespace swapmasq::log {

// syslog severities (RFC 5424 table 2)
enum class Priority : int { critical = 2, error = 3, warning = 4, notice = 5, info = 6, debug = 7 };

// Decides the tag: dnsmasq, dnsmasq-dhcp, dnsmasq-tftp, dnsmasq-script, dnsmasq-debug.
enum class Subsystem { core, dhcp, tftp, script, debug };

struct Line {
  Priority priority = Priority::info;
  Subsystem subsystem = Subsystem::core;
  std::string text;

  bool operator==(const Line&) const = default;
};

// Where engines say their lines. The lines themselves are made by the catalogue (log/*_lines.hpp), each at one place.
class Log {
 public:
  virtual ~Log() = default;
  virtual void write(const Line& line) = 0;
};

}  // namespace swapmasq::log
