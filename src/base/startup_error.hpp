// What ends the program before it serves: a message for the user and dnsmasq's exit code. The only exception that
// crosses rooms; everything read from the network reports errors as results instead.
#pragma once

#include <stdexcept>
#include <string>

namespace swapmasq {

// spec daemon.md section 2
enum class ExitCode : int {
  success = 0,
  bad_config = 1,
  network = 2,
  file = 3,
  memory = 4,
  other = 5,
  script_base = 10,  // plus the status that the lease-init script or conf-script returned
};

class StartupError : public std::runtime_error {
 public:
  StartupError(ExitCode code, const std::string& message) : StartupError(static_cast<int>(code), message) {}
  StartupError(int code, const std::string& message) : std::runtime_error(message), code_(code) {}

  int code() const { return code_; }

 private:
  int code_;
};

}  // namespace swapmasq
