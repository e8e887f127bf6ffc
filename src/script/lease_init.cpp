#include "script/lease_init.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <memory>
#include <sys/wait.h>

#include "base/startup_error.hpp"

namespace swapmasq::script {
namespace {

constexpr std::size_t longest_command = 255;  // octets
// What a shell says of a command that it cannot run.
constexpr int not_executable = 126, not_found = 127;

struct Close {
  void operator()(std::FILE* file) const { pclose(file); }
};

[[noreturn]] void cannot_run(const std::string& path, int error) {
  throw StartupError(ExitCode::file, fmt::format("cannot run lease-init script {}: {}", path, strerror(error)));
}

}  // namespace

std::string run_lease_init(const std::string& path) {
  const auto command = path + " init";
  if (command.size() > longest_command) throw StartupError(ExitCode::file, "lease-change script name is too long");
  std::unique_ptr<std::FILE, Close> pipe{popen(command.c_str(), "re")};
  if (!pipe) cannot_run(path, errno);
  std::string output;
  std::array<char, 4096> chunk{};
  while (const auto count = std::fread(chunk.data(), 1, chunk.size(), pipe.get())) output.append(chunk.data(), count);
  const int status = pclose(pipe.release());
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  if (code == not_found) cannot_run(path, ENOENT);
  if (code == not_executable) cannot_run(path, EACCES);
  if (code != 0) {
    throw StartupError(static_cast<int>(ExitCode::script_base) + code,
                       fmt::format("lease-init script returned exit code {}", code));
  }
  return output;
}

}  // namespace swapmasq::script
