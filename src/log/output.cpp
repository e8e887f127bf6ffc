#include "log/output.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <syslog.h>
#include <unistd.h>

#include "base/startup_error.hpp"
#include "log/daemon_lines.hpp"

namespace swapmasq::log {

namespace {

constexpr int facility_daemon = LOG_DAEMON >> 3;
constexpr int facility_debug_mode = LOG_LOCAL0 >> 3;

int open_log_file(const std::string& path) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP);
}

// A receiver that is not there yet, or busy: the record waits for the next attempt.
bool may_come_back(int error) {
  return error == ENOENT || error == ECONNREFUSED || error == ECONNRESET || error == ENOTCONN || error == EALREADY ||
         error == EAGAIN || error == EINTR || error == ENOBUFS || error == EDESTADDRREQ;
}

}  // namespace

Output::Output() { origin_ = {.pid = getpid(), .facility = facility_daemon}; }

Output::~Output() { close(); }

std::optional<Line> Output::open(const settings::Daemon& daemon, uid_t owner) {
  using Kind = settings::Daemon::LogTarget::Kind;
  const bool debug = daemon.mode == settings::Daemon::Mode::debug;
  const bool to_stderr = daemon.log.kind == Kind::standard_error;
  close();
  origin_ = {.pid = getpid(), .facility = daemon.log.facility.value_or(debug ? facility_debug_mode : facility_daemon)};
  debug_lines_ = daemon.log_debug;
  copy_to_stderr_ = debug && !to_stderr;
  untimed_ = daemon.keep_in_foreground;
  std::optional<Line> warning;
  if (to_stderr) {
    // The original stderr goes on as the log after descriptor 2 has become /dev/null.
    destination_ = Destination::standard_error;
    fd_ = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  } else if (daemon.log.kind == Kind::file) {
    destination_ = Destination::file;
    path_ = daemon.log.path;
    fd_ = open_log_file(path_);
    if (fd_ < 0) throw StartupError(ExitCode::file, fmt::format("cannot open log {}: {}", path_, strerror(errno)));
    struct stat info {};
    // A device such as /dev/stdout or /dev/null stays whose it is.
    if (owner != 0 && getuid() == 0 && fstat(fd_, &info) == 0 && S_ISREG(info.st_mode)) {
      if (fchown(fd_, owner, static_cast<gid_t>(-1)) != 0) warning = log_file_chown_failed(path_, strerror(errno));
      // The run-time group may have to reopen a log that belongs to root's group.
      if (getgid() == 0 && info.st_gid == 0 && (info.st_mode & S_IWGRP) == 0)
        fchmod(fd_, (info.st_mode | S_IWGRP) & 07777);
    }
  } else if (daemon.log_async) {
    asynchronous_ = true;
    queue_limit_ = *daemon.log_async;
  }
  return warning;
}

void Output::write(const Line& line) {
  const std::lock_guard lock{mutex_};
  if (line.subsystem == Subsystem::debug && !debug_lines_) return;
  if (copy_to_stderr_) {
    const auto copy = debug_record(line);
    std::fwrite(copy.data(), 1, copy.size(), stderr);
  }
  if (destination_ == Destination::library) {
    ::syslog(origin_.facility * 8 + static_cast<int>(line.priority), "%s", line.text.c_str());
    return;
  }
  send_queue();
  if (queue_.size() >= queue_limit_) {
    ++lost_;
    return;
  }
  queue_.push_back(framed(line));
  send_queue();
}

bool Output::pump() {
  const std::lock_guard lock{mutex_};
  return send_queue();
}

bool Output::send_queue() {
  while (!queue_.empty() && send_first()) {
    queue_.pop_front();
    if (lost_ != 0 && queue_.size() < queue_limit_) {
      queue_.push_back(framed(log_entries_lost(lost_)));
      lost_ = 0;
    }
  }
  return queue_.empty();
}

std::string Output::framed(const Line& line) const {
  const auto now = std::time(nullptr);
  switch (destination_) {
    case Destination::file:
      return file_record(line, origin_, now);
    case Destination::standard_error:
      return untimed_ ? untimed_record(line, origin_) : file_record(line, origin_, now);
    case Destination::syslog:
    case Destination::library:
      break;
  }
  return syslog_record(line, origin_, now);
}

bool Output::send_first() {
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (destination_ == Destination::library) return true;
    if (fd_ < 0 && !connect_syslog()) {
      if (!may_come_back(errno)) give_up(errno);
      return destination_ == Destination::library;
    }
    auto& record = queue_.front();
    // A stream separates records by NUL.
    if (stream_ && record.back() != '\0') record.push_back('\0');
    const auto sent = destination_ == Destination::syslog ? ::send(fd_, record.data(), record.size(), MSG_NOSIGNAL)
                                                          : ::write(fd_, record.data(), record.size());
    if (sent >= 0 && static_cast<std::size_t>(sent) == record.size()) return true;
    if (sent > 0) {
      record.erase(0, static_cast<std::size_t>(sent));
      continue;
    }
    const int error = errno;
    if (error == EINTR) continue;
    if (error == EAGAIN || error == ENOBUFS) return false;
    if (destination_ == Destination::syslog && (error == EPIPE || may_come_back(error))) {
      close();
      continue;
    }
    give_up(error);
    return true;
  }
  return false;
}

bool Output::connect_syslog() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  constexpr std::string_view path = "/dev/log";
  std::copy(path.begin(), path.end(), std::begin(address.sun_path));
  for (int attempt = 0; attempt < 2; ++attempt) {
    const int type = (stream_ ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | (asynchronous_ ? SOCK_NONBLOCK : 0);
    fd_ = ::socket(AF_UNIX, type, 0);
    if (fd_ < 0) return false;
    const void* generic = &address;
    if (::connect(fd_, static_cast<const sockaddr*>(generic), sizeof address) == 0) return true;
    const int error = errno;
    close();
    errno = error;
    if (error != EPROTOTYPE) return false;
    stream_ = !stream_;
  }
  return false;
}

void Output::give_up(int error) {
  close();
  destination_ = Destination::library;
  openlog("dnsmasq", LOG_PID, origin_.facility << 3);
  const auto failed = log_failed(strerror(error));
  ::syslog(origin_.facility * 8 + static_cast<int>(failed.priority), "%s", failed.text.c_str());
}

void Output::reopen() {
  const std::lock_guard lock{mutex_};
  if (destination_ != Destination::file) return;
  close();
  fd_ = open_log_file(path_);
  if (fd_ < 0) give_up(errno);
}

void Output::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

}  // namespace swapmasq::log
