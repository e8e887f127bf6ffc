#include "script/runner_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fmt/format.h>
#include <grp.h>
#include <unistd.h>

#include "base/startup_error.hpp"
#include "log/script_lines.hpp"
#include "script/lua_functions.hpp"
#include "script/program.hpp"
#include "script/report.hpp"
#include "system/background.hpp"
#include "wire/reader.hpp"

namespace swapmasq::script {
namespace {

// A daemon that is gone cannot be told.
void report(int reports, const Report& what) {
  const auto octets = encode(what);
  [[maybe_unused]] const auto written = ::write(reports, octets.data(), octets.size());
}

// False when the daemon has closed the pipe.
bool read_all(int events, std::span<std::uint8_t> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    const auto rest = into.subspan(done);
    const auto count = ::read(events, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    done += static_cast<std::size_t>(count);
  }
  return true;
}

std::optional<Bytes> read_event(int events) {
  std::array<std::uint8_t, length_octets> head{};
  if (!read_all(events, head)) return std::nullopt;
  const auto size = wire::Reader{head}.u32().value_or(0);
  if (size > longest_event) return std::nullopt;
  Bytes body(size);
  if (!read_all(events, body)) return std::nullopt;
  return body;
}

void become(const RunnerOptions::Account& account) {
  if (setgroups(0, nullptr) == 0 && setgid(account.group) == 0 && setuid(account.user) == 0) return;
  throw StartupError(ExitCode::other, fmt::format("failed to change user-id to {}: {}", account.name, strerror(errno)));
}

void serve(int events, int reports, const RunnerOptions& options) {
  system::close_descriptors_except({events, reports});
  if (options.account) become(*options.account);
  auto lua = options.lua_file.empty() ? nullptr : LuaFunctions::load(options.lua_file);
  const auto tell = [&](const log::Line& line) { report(reports, line); };
  report(reports, Ready{});
  while (const auto octets = read_event(events)) {
    const auto event = decode(*octets);
    if (!event) continue;
    if (lua) lua->call(*event, tell);
    if (!options.program.empty()) run_program(options.program, *event, options.capture_output, tell);
  }
  if (lua) lua->shut_down();
}

}  // namespace

void run_process(int events, int reports, const RunnerOptions& options) {
  // It ends when the daemon has ended and the queue is empty, not when somebody ends the daemon.
  for (const int ignored : {SIGTERM, SIGINT, SIGALRM, SIGPIPE, SIGHUP, SIGUSR1, SIGUSR2}) std::signal(ignored, SIG_IGN);
  try {
    serve(events, reports, options);
  } catch (const StartupError& error) {
    report(reports, Failed{error.code(), error.what()});
  }
  _exit(0);
}

}  // namespace swapmasq::script
