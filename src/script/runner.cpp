#include "script/runner.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/startup_error.hpp"
#include "script/report.hpp"
#include "script/runner_process.hpp"

namespace swapmasq::script {
namespace {

constexpr std::size_t chunk_size = 4096;

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw StartupError(ExitCode::other, fmt::format("cannot create pipe: {}", strerror(errno)));
  }
  return ends;
}

void set_nonblocking(int descriptor, bool on) {
  const int flags = fcntl(descriptor, F_GETFL);
  fcntl(descriptor, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
}

}  // namespace

Runner::Runner(const RunnerOptions& options) {
  const auto events = make_pipe();
  const auto reports = make_pipe();
  const auto process = fork();
  if (process < 0) throw StartupError(ExitCode::other, fmt::format("failed to create helper: {}", strerror(errno)));
  if (process == 0) run_process(events[0], reports[1], options);
  ::close(events[0]);
  ::close(reports[1]);
  events_ = events[1];
  reports_ = reports[0];
  wait_for_start();
  set_nonblocking(events_, true);
  set_nonblocking(reports_, true);
}

Runner::~Runner() {
  for (const int descriptor : {events_, reports_}) {
    if (descriptor >= 0) ::close(descriptor);
  }
}

void Runner::wait_for_start() {
  for (;;) {
    if (const auto report = take_report(stream_)) {
      if (std::holds_alternative<Ready>(*report)) return;
      if (const auto* failed = std::get_if<Failed>(&*report)) throw StartupError(failed->exit_code, failed->message);
    } else if (!read_reports()) {
      throw StartupError(ExitCode::other, "failed to create helper: it has ended");
    }
  }
}

void Runner::send(const Event& event) {
  if (gone_) return;
  const auto octets = encode(event);
  waiting_.insert(waiting_.end(), octets.begin(), octets.end());
  flush();
}

void Runner::flush() {
  std::size_t done = 0;
  while (done < waiting_.size()) {
    const auto rest = ByteView{waiting_}.subspan(done);
    const auto count = ::write(events_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno != EAGAIN) {
      gone_ = true;
      done = waiting_.size();
    }
    if (count < 0) break;
    done += static_cast<std::size_t>(count);
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(done));
}

void Runner::start_farewell() {
  ::close(reports_);
  reports_ = -1;
  set_nonblocking(events_, false);
  flush();
}

std::vector<log::Line> Runner::take_reports() {
  std::vector<log::Line> lines;
  if (!read_reports()) return lines;
  while (auto report = take_report(stream_)) {
    if (auto* line = std::get_if<log::Line>(&*report)) lines.push_back(std::move(*line));
  }
  return lines;
}

// False: the process has gone, and nothing comes any more.
bool Runner::read_reports() {
  std::array<std::uint8_t, chunk_size> chunk{};
  for (;;) {
    const auto count = ::read(reports_, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return true;
    if (count <= 0) {
      gone_ = true;
      return false;
    }
    const auto got = ByteView{chunk}.first(static_cast<std::size_t>(count));
    stream_.insert(stream_.end(), got.begin(), got.end());
    return true;
  }
}

}  // namespace swapmasq::script
