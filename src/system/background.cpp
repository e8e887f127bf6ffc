#include "system/background.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace swapmasq::system {

namespace {

StartupError fork_failed() {
  return {ExitCode::other, fmt::format("cannot fork into background: {}", strerror(errno))};
}

// What the pipe carries: nothing at all (success), or "<code> <message>".
std::string read_all(int fd) {
  std::string text;
  std::array<char, 512> chunk{};
  for (;;) {
    const auto got = ::read(fd, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(chunk.data(), static_cast<std::size_t>(got));
  }
}

[[noreturn]] void wait_for_start(int fd, void (*on_failure)(const StartupError&)) {
  const auto report = read_all(fd);
  if (report == "ok") std::_Exit(0);
  const auto space = report.find(' ');
  if (space == std::string::npos) std::_Exit(static_cast<int>(ExitCode::other));
  const StartupError error{std::atoi(report.c_str()), report.substr(space + 1)};
  on_failure(error);
  std::_Exit(error.code());
}

// Kernels before 5.9 have no close_range.
void close_all(unsigned first, unsigned last) {
  if (close_range(first, last, 0) == 0) return;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const auto end = std::min<rlim_t>(limit.rlim_cur, rlim_t{last} + 1);
  for (rlim_t fd = first; fd < end; ++fd) ::close(static_cast<int>(fd));
}

}  // namespace

void tidy_descriptors() {
  for (int fd = 0; fd <= STDERR_FILENO; ++fd) {
    if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) ::open("/dev/null", O_RDWR);
  }
  close_descriptors_except({});
}

void close_descriptors_except(std::vector<int> kept) {
  kept.push_back(STDERR_FILENO);
  std::ranges::sort(kept);
  for (auto each = kept.begin(); each != kept.end(); ++each) {
    if (*each < STDERR_FILENO) continue;
    const auto first = static_cast<unsigned>(*each) + 1;
    const auto last = each + 1 == kept.end() ? ~0U : static_cast<unsigned>(*(each + 1)) - 1;
    if (first <= last) close_all(first, last);
  }
}

void detach_standard_streams() {
  const int null = ::open("/dev/null", O_RDWR);
  if (null < 0) return;
  for (int fd = 0; fd <= STDERR_FILENO; ++fd) ::dup2(null, fd);
  if (null > STDERR_FILENO) ::close(null);
}

StartupReport::~StartupReport() { close(); }

StartupReport::StartupReport(StartupReport&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

StartupReport StartupReport::fork_into_background(void (*on_failure)(const StartupError&)) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw StartupError(ExitCode::other, fmt::format("cannot create pipe: {}", strerror(errno)));
  }
  const auto first = fork();
  if (first < 0) throw fork_failed();
  if (first > 0) {
    ::close(ends[1]);
    wait_for_start(ends[0], on_failure);
  }
  ::close(ends[0]);
  StartupReport report{ends[1]};
  setsid();
  const auto second = fork();
  if (second < 0) report.failed(fork_failed());
  if (second != 0) std::_Exit(0);
  return report;
}

void StartupReport::failed(const StartupError& error) {
  const auto text = fmt::format("{} {}", error.code(), error.what());
  // A parent that is gone already cannot be told.
  [[maybe_unused]] const auto written = ::write(fd_, text.data(), text.size());
  close();
}

void StartupReport::complete() {
  if (fd_ < 0) return;
  [[maybe_unused]] const auto written = ::write(fd_, "ok", 2);
  close();
}

void StartupReport::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

}  // namespace swapmasq::system
