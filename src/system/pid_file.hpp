// The pid file (spec daemon.md section 4): an existing file or link is replaced, never followed.
#pragma once

#include <optional>
#include <string>
#include <sys/types.h>

#include "log/line.hpp"

namespace swapmasq::system {

// Writes the caller's pid and, when started as root, gives the file to `owner`:`group`. Throws StartupError "failed to
// open pidfile ..." when started as root; another user's failure is ignored. Returns a warning when the owner could not
// be set.
std::optional<log::Line> write_pid_file(const std::string& path, uid_t owner, gid_t group);

// On the way out; failure to remove is nobody's concern.
void remove_pid_file(const std::string& path);

}  // namespace swapmasq::system
