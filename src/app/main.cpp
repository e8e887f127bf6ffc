#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <new>
#include <sys/stat.h>
#include <variant>

#include "app/boots_command.hpp"
#include "app/host_system.hpp"
#include "app/program.hpp"
#include "base/startup_error.hpp"
#include "check/check.hpp"
#include "config/load.hpp"
#include "log/output.hpp"

namespace {

// Until the loop runs there is nothing to reload or to tell, and an interrupted start ends at once (spec daemon.md 1).
void signals_during_start() {
  const auto end_at_once = [](int) { std::_Exit(static_cast<int>(swapmasq::ExitCode::other)); };
  std::signal(SIGTERM, end_at_once);
  std::signal(SIGINT, end_at_once);
  for (const int ignored : {SIGHUP, SIGUSR1, SIGUSR2, SIGALRM, SIGPIPE}) std::signal(ignored, SIG_IGN);
}

int start(int argc, char** argv, swapmasq::log::Output& log) {
  if (const auto format = swapmasq::check::requested(argc, argv)) {
    const auto verdict = swapmasq::check::run(argc, argv, *format, swapmasq::app::HostSystem{});
    std::fputs(verdict.standard_output.c_str(), stdout);
    return verdict.exit_code;
  }
  if (const auto command = swapmasq::app::boots_requested(argc, argv)) {
    return swapmasq::app::print_boots(argc, argv, *command);
  }
  const auto outcome = swapmasq::config::load(argc, argv);
  if (const auto* answer = std::get_if<swapmasq::config::Answer>(&outcome)) {
    std::fputs(answer->standard_output.c_str(), stdout);
    std::fputs(answer->standard_error.c_str(), stderr);
    return 0;
  }
  return swapmasq::app::run(std::get<swapmasq::settings::Settings>(outcome), log);
}

}  // namespace

int main(int argc, char** argv) {
  std::setlocale(LC_ALL, "");
  signals_during_start();
  umask(022);
  swapmasq::log::Output log;
  try {
    return start(argc, argv, log);
  } catch (const swapmasq::StartupError& error) {
    swapmasq::app::report_failure(error, log);
    return error.code();
  } catch (const std::bad_alloc&) {
    const swapmasq::StartupError error{swapmasq::ExitCode::memory, "could not get memory"};
    swapmasq::app::report_failure(error, log);
    return error.code();
  }
}
