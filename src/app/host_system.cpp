#include "app/host_system.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <grp.h>
#include <pwd.h>
#include <sstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include "base/startup_error.hpp"
#include "io/descriptor.hpp"
#include "io/interface_monitor.hpp"
#include "system/identity.hpp"
#include "system/listeners.hpp"

namespace swapmasq::app {

namespace {

using check::PathState;

// What a process says about a path; numbers, so that it goes through a pipe.
struct Sight {
  int kind = 0;  // of PathState
  int readable = 0;
  int error = 0;
};

Sight sight_of(const std::string& path) {
  using Kind = PathState::Kind;
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    // Behind a closed door there may be anything.
    const auto kind = errno == EACCES ? Kind::other : Kind::missing;
    return {static_cast<int>(kind), 0, errno};
  }
  const auto kind = S_ISDIR(status.st_mode) ? Kind::folder : S_ISREG(status.st_mode) ? Kind::file : Kind::other;
  const int wanted = kind == Kind::folder ? R_OK | X_OK : R_OK;
  const bool readable = access(path.c_str(), wanted) == 0;
  return {static_cast<int>(kind), readable ? 1 : 0, readable ? 0 : errno};
}

PathState state_of(const Sight& sight) {
  return {static_cast<PathState::Kind>(sight.kind), sight.readable != 0,
          sight.error == 0 ? std::string{} : std::strerror(sight.error)};
}

std::vector<PathState> look_as_we_are(std::span<const std::string> paths) {
  std::vector<PathState> states;
  for (const auto& path : paths) states.push_back(state_of(sight_of(path)));
  return states;
}

// The child's part: never returns.
[[noreturn]] void tell_as(const system::Identity& identity, std::span<const std::string> paths, int descriptor) {
  std::string text;
  try {
    system::become(identity, {});
    for (const auto& path : paths) {
      const auto [kind, readable, error] = sight_of(path);
      text += fmt::format("{} {} {}\n", kind, readable, error);
    }
  } catch (const StartupError&) {
    text.clear();
  }
  for (std::string_view rest = text; !rest.empty();) {
    const auto written = write(descriptor, rest.data(), rest.size());
    if (written <= 0) break;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  _exit(0);
}

std::string everything_from(int descriptor) {
  std::string text;
  std::array<char, 4096> block{};
  for (;;) {
    const auto count = read(descriptor, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    text.append(block.data(), static_cast<std::size_t>(count));
  }
}

// Nothing when no child can be made, or it cannot become that user.
std::optional<std::vector<PathState>> look_as(const system::Identity& identity, std::span<const std::string> paths) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return std::nullopt;
  const io::Descriptor from_child{ends[0]};
  io::Descriptor to_parent{ends[1]};
  std::fflush(nullptr);
  const auto child = fork();
  if (child == 0) tell_as(identity, paths, to_parent.get());
  to_parent.reset();
  if (child < 0) return std::nullopt;
  std::istringstream lines{everything_from(from_child.get())};
  waitpid(child, nullptr, 0);
  std::vector<PathState> states;
  for (Sight sight; lines >> sight.kind >> sight.readable >> sight.error;) states.push_back(state_of(sight));
  if (states.size() != paths.size()) return std::nullopt;
  return states;
}

std::optional<system::Identity> identity_of(const settings::Daemon& daemon) {
  try {
    return system::find_identity(daemon);
  } catch (const StartupError&) {
    return std::nullopt;
  }
}

}  // namespace

net::Interfaces HostSystem::interfaces() const {
  try {
    return io::read_interfaces();
  } catch (const StartupError&) {
    return {};
  }
}

bool HostSystem::has_user(const std::string& name) const { return getpwnam(name.c_str()) != nullptr; }

bool HostSystem::has_group(const std::string& name) const { return getgrnam(name.c_str()) != nullptr; }

std::vector<PathState> HostSystem::look_at(std::span<const std::string> paths, const settings::Daemon& daemon) const {
  const bool as_we_are = daemon.user == "" && daemon.group == "";
  if (!as_we_are && getuid() == 0) {
    const auto identity = identity_of(daemon);
    const auto states = identity ? look_as(*identity, paths) : std::nullopt;
    if (states) return *states;
  }
  auto states = look_as_we_are(paths);
  // What we may not read, or not even see, the run-time user may.
  if (!as_we_are) {
    for (auto& state : states) state.readable = true;
  }
  return states;
}

std::vector<net::Listener> HostSystem::listeners(std::span<const std::uint16_t> ports) const {
  return system::find_listeners(ports);
}

std::optional<int> HostSystem::running(const std::string& pid_file) const {
  std::ifstream file{pid_file};
  int pid = 0;
  return file >> pid ? std::optional{pid} : std::nullopt;
}

}  // namespace swapmasq::app
