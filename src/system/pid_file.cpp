#include "system/pid_file.hpp"

#include <cap-ng.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/startup_error.hpp"
#include "log/daemon_lines.hpp"

namespace swapmasq::system {

std::optional<log::Line> write_pid_file(const std::string& path, uid_t owner, gid_t group) {
  ::unlink(path.c_str());
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_TRUNC | O_CLOEXEC, 0644);
  const auto text = fmt::format("{}\n", getpid());
  bool written = fd >= 0;
  int error = errno;
  std::optional<log::Line> warning;
  if (fd >= 0) {
    if (getuid() == 0 && owner != 0 && ::fchown(fd, owner, group) != 0) {
      error = errno;
      const bool lacks_capability = error == EPERM && capng_have_capability(CAPNG_EFFECTIVE, CAP_CHOWN) == 0;
      warning = lacks_capability ? log::pid_file_chown_needs_capability(path)
                                 : log::pid_file_chown_failed(path, strerror(error));
    }
    written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (!written) error = errno;
    if (::close(fd) != 0) {
      written = false;
      error = errno;
    }
  }
  if (!written && getuid() == 0) {
    throw StartupError(ExitCode::file, fmt::format("failed to open pidfile {}: {}", path, strerror(error)));
  }
  return warning;
}

void remove_pid_file(const std::string& path) { ::unlink(path.c_str()); }

}  // namespace swapmasq::system
