#include "app/boots_command.hpp"

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <sys/types.h>
#include <variant>

#include "app/text_files.hpp"
#include "base/startup_error.hpp"
#include "config/load.hpp"
#include "config/location.hpp"
#include "control/client.hpp"
#include "control/socket_file.hpp"
#include "grammar/command_line.hpp"

namespace swapmasq::app {

namespace {

using Kind = control::AskError::Kind;

constexpr std::chrono::seconds patience{10};

// The process that the pid file names, if it lives.
std::optional<pid_t> running_process(const std::string& pid_file) {
  const auto text = pid_file.empty() ? Result<std::string, FileError>{} : read_text_file(pid_file);
  if (!text) return std::nullopt;
  pid_t pid = 0;
  std::from_chars(text->data(), text->data() + text->size(), pid);
  const bool lives = pid > 0 && (::kill(pid, 0) == 0 || errno == EPERM);
  return lives ? std::optional{pid} : std::nullopt;
}

std::string explanation(const control::AskError& error, const std::string& path, const std::string& pid_file) {
  switch (error.kind) {
    case Kind::absent:
      if (const auto pid = running_process(pid_file)) {
        return fmt::format("process {} runs, but does not answer at {}: it is an older version or another program",
                           *pid, path);
      }
      return fmt::format("no dnsmasq runs with this configuration: nobody answers at {}", path);
    case Kind::forbidden:
      return fmt::format("only root and the user that dnsmasq runs as may ask at {}", path);
    case Kind::silent:
      return fmt::format("no answer at {}: {}", path, error.text);
    case Kind::other_version:
      return fmt::format("what answers at {} is another version of this program", path);
    case Kind::refused:
      break;
  }
  return fmt::format("the answer at {} is: {}", path, error.text);
}

int fail(std::string_view message) {
  std::fputs(fmt::format("dnsmasq: {}\n", message).c_str(), stderr);
  return 1;
}

int ask_daemon(const settings::Settings& settings, std::string_view command) {
  if (!has_boot_stories(settings)) {
    return fail("this configuration serves neither DHCP nor TFTP, so nothing boots from it");
  }
  const auto& pid_file = settings.daemon.pid_file;
  const auto path = control::socket_path(pid_file);
  const auto answer = control::ask(path, command, patience);
  if (!answer) return fail(explanation(answer.error(), path, pid_file));
  std::fputs(answer->c_str(), stdout);
  return 0;
}

}  // namespace

bool has_boot_stories(const settings::Settings& settings) { return settings.dhcp.enabled() || settings.tftp.enabled; }

std::optional<std::string_view> boots_requested(int argc, const char* const* argv) {
  std::optional<std::string_view> command;
  for (const auto& [option, argument] : grammar::read_command_line(argc, argv).own) {
    if (option != grammar::OwnOption::boots) continue;
    if (argument && *argument != "json") throw config::error_at({}, "");
    command = argument ? boots_json_command : boots_timeline_command;
  }
  return command;
}

int print_boots(int argc, const char* const* argv, std::string_view command) {
  try {
    const auto outcome = config::load(argc, argv);
    if (const auto* settings = std::get_if<settings::Settings>(&outcome)) return ask_daemon(*settings, command);
    const auto& answer = std::get<config::Answer>(outcome);
    std::fputs(answer.standard_output.c_str(), stdout);
    std::fputs(answer.standard_error.c_str(), stderr);
    return 0;
  } catch (const StartupError& error) {
    return fail(error.what());  // a question is no failed start, and nothing for the log
  }
}

}  // namespace swapmasq::app
