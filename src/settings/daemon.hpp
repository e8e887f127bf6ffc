// How the process lives: modes, identity, files, logging (spec daemon.md sections 4 and 6).
#pragma once

#include <optional>
#include <string>

namespace swapmasq::settings {

struct Daemon {
  static constexpr auto default_user = "nobody";

  enum class Mode { background, foreground, debug };  // default, keep-in-foreground, no-daemon

  struct LogTarget {
    enum class Kind { syslog, file, standard_error };
    Kind kind = Kind::syslog;
    std::optional<int> facility;  // syslog facility number (LOG_DAEMON is 3); absent: the mode's default
    std::string path;             // kind file
  };

  Mode mode = Mode::background;
  bool keep_in_foreground = false;                // given, also beside no-daemon: decides time stamps on stderr
  std::optional<std::string> user;                // absent: nobody; empty: do not change
  std::optional<std::string> group;               // absent: dip or the user's primary group; empty: do not change
  std::string pid_file = "/var/run/dnsmasq.pid";  // empty: none
  LogTarget log;
  std::optional<unsigned> log_async;  // queue length, 1..100
  bool log_debug = false;
};

}  // namespace swapmasq::settings
