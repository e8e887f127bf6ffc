// How the process lives: modes, identity, files, logging (spec daemon.md sections 4 and 6).
#pragma once

#include <cstdint>
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
  bool log_malloc = false;
  std::string dump_file;                 // empty: none
  std::uint32_t dump_mask = 0xffffffff;  // kinds of packets
  std::optional<std::string> dbus;       // bus name; absent: no D-Bus
  std::optional<std::string> ubus;       // likewise
};

}  // namespace swapmasq::settings
