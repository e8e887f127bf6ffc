// Where log lines end up: syslog, a file or stderr, with the bounded queue that stands between (spec daemon.md
// section 6). Opened in two steps because the configuration decides the destination: until open() every line goes to
// syslog with facility daemon. Once it is open, any thread may write.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <sys/types.h>

#include "log/framing.hpp"
#include "log/line.hpp"
#include "settings/daemon.hpp"

namespace swapmasq::log {

class Output : public Log {
 public:
  Output();
  ~Output() override;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // Switches to the configured destination. With a file, gives it to `owner` (0: nobody in particular).
  // Throws StartupError "cannot open log <path>: <error>". Returns a warning to be logged when the owner could not be
  // set.
  std::optional<Line> open(const settings::Daemon& daemon, uid_t owner);

  // Lines tagged dnsmasq-debug are written only with log-debug.
  void write(const Line& line) override;

  // Writes what is queued as far as the receiver takes it; true when nothing is left.
  bool pump();

  // SIGUSR2: closes the log file and opens it again by name. When that fails, logging goes on through syslog(3).
  void reopen();

  // The log itself is stderr.
  bool on_stderr() const { return destination_ == Destination::standard_error; }
  // no-daemon's copy of every line.
  void copy_to_stderr(bool copy) { copy_to_stderr_ = copy; }

 private:
  enum class Destination { syslog, file, standard_error, library };

  // With the lock held.
  bool send_queue();
  std::string framed(const Line& line) const;
  bool send_first();
  bool connect_syslog();
  void give_up(int error);
  void close();

  std::mutex mutex_;
  Destination destination_ = Destination::syslog;
  Origin origin_;
  std::string path_;
  int fd_ = -1;
  bool stream_ = false;  // the syslog socket is of the stream type
  bool untimed_ = false;
  bool copy_to_stderr_ = false;
  bool debug_lines_ = false;
  bool asynchronous_ = false;
  std::size_t queue_limit_ = 1;
  std::deque<std::string> queue_;
  unsigned lost_ = 0;
};

}  // namespace swapmasq::log
