#include "script/program.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "log/script_lines.hpp"

namespace swapmasq::script {
namespace {

using Tell = std::function<void(const log::Line&)>;

constexpr unsigned retry_pause = 2;         // seconds
constexpr std::size_t longest_line = 2048;  // octets; a longer one is told in pieces

// That of the daemon, with what the event says.
std::vector<std::string> environment(const Event& event) {
  std::vector<std::string> all;
  for (char* const* each = environ; *each != nullptr; ++each) {
    const std::string_view entry{*each};
    if (!is_own_variable(entry.substr(0, entry.find('=')))) all.emplace_back(entry);
  }
  for (const auto& value : event.values) {
    if (auto entry = variable(value)) all.push_back(std::move(*entry));
  }
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

// In the script's own process.
[[noreturn]] void become_program(const std::string& path, const Event& event, int output, const Tell& tell) {
  for (const int number : {SIGHUP, SIGUSR1, SIGUSR2}) std::signal(number, SIG_DFL);
  if (output >= 0) {
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
  }
  auto arguments = event.arguments();
  arguments.insert(arguments.begin(), path.substr(path.find_last_of('/') + 1));
  auto variables = environment(event);
  execve(path.c_str(), pointers(arguments).data(), pointers(variables).data());
  tell(log::script_not_executed(path, strerror(errno)));
  _exit(0);
}

void tell_lines(int output, const Tell& tell) {
  std::string line;
  std::array<char, longest_line> chunk{};
  for (;;) {
    const auto count = ::read(output, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    for (const char c : std::string_view{chunk.data(), static_cast<std::size_t>(count)}) {
      if (c != '\n') line += c;
      if (c != '\n' && line.size() < longest_line) continue;
      tell(log::script_output(line));
      line.clear();
    }
  }
  if (!line.empty()) tell(log::script_output(line));
}

pid_t patient_fork() {
  for (;;) {
    const auto process = fork();
    if (process >= 0 || (errno != EAGAIN && errno != ENOMEM)) return process;
    ::sleep(retry_pause);
  }
}

void tell_end(pid_t process, const Tell& tell) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return;
  }
  if (WIFSIGNALED(status)) {
    tell(log::script_killed(WTERMSIG(status)));
  } else if (WIFEXITED(status) && WEXITSTATUS(status) != 0) {
    tell(log::script_exited(WEXITSTATUS(status)));
  }
}

}  // namespace

void run_program(const std::string& path, const Event& event, bool capture_output, const Tell& tell) {
  std::array<int, 2> output{-1, -1};
  if (capture_output && pipe2(output.data(), O_CLOEXEC) != 0) output = {-1, -1};
  const auto process = patient_fork();
  if (process == 0) become_program(path, event, output[1], tell);
  if (output[1] >= 0) ::close(output[1]);
  if (output[0] >= 0) {
    tell_lines(output[0], tell);
    ::close(output[0]);
  }
  if (process > 0) tell_end(process, tell);
}

}  // namespace swapmasq::script
