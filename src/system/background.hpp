// Going into the background, and telling the waiting parent how the start went (spec daemon.md sections 1 and 4).
#pragma once

#include <vector>

#include "base/startup_error.hpp"

namespace swapmasq::system {

// Descriptors 0 to 2 are open (on /dev/null if need be) and nothing else was inherited.
void tidy_descriptors();

// All but the standard ones and these are closed.
void close_descriptors_except(std::vector<int> kept);

// stdin, stdout and stderr become /dev/null.
void detach_standard_streams();

// The child's end of the pipe to the process that the user started. That process exits with 0 when the start is
// announced complete, and with the error's code when it failed.
class StartupReport {
 public:
  // Nobody waits: foreground and debug mode.
  StartupReport() = default;
  ~StartupReport();
  StartupReport(StartupReport&& other) noexcept;
  StartupReport& operator=(StartupReport&&) = delete;

  // Forks twice, with a new session in between. Only the background process returns; the caller's process waits,
  // lets `on_failure` tell the user what the background process reported, and exits.
  static StartupReport fork_into_background(void (*on_failure)(const StartupError&));

  bool parent_waits() const { return fd_ >= 0; }
  void failed(const StartupError& error);
  void complete();

 private:
  explicit StartupReport(int fd) : fd_(fd) {}
  void close();

  int fd_ = -1;
};

}  // namespace swapmasq::system
