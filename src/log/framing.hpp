// The exact text in which a line reaches each destination (spec daemon.md section 6).
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "log/line.hpp"

namespace swapmasq::log {

// Octets of a record including its final newline or NUL; the rest of a longer line is cut off.
inline constexpr std::size_t record_limit = 1024;

// What stands in every record: the process, and for syslog the facility number (3 = daemon).
struct Origin {
  int pid = 0;
  int facility = 3;
};

// "dnsmasq", "dnsmasq-dhcp", ...
std::string_view tag(Subsystem subsystem);

// "<30>Nov 20 08:23:36 dnsmasq[32643]: text", not terminated; local time
std::string syslog_record(const Line& line, const Origin& origin, std::time_t now);
// "Nov 20 08:23:36 dnsmasq[32643]: text\n"
std::string file_record(const Line& line, const Origin& origin, std::time_t now);
// "dnsmasq[32643]: text\n": log-facility=- beside keep-in-foreground
std::string untimed_record(const Line& line, const Origin& origin);
// "dnsmasq: text\n": the copy on stderr with no-daemon, never cut
std::string debug_record(const Line& line);

}  // namespace swapmasq::log
