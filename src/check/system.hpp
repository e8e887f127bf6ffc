// What the checks have to know about the machine. They see it through this interface; tests use one of their own.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "net/interfaces.hpp"
#include "net/listener.hpp"
#include "settings/daemon.hpp"

namespace swapmasq::check {

struct PathState {
  enum class Kind { missing, file, folder, other };

  Kind kind = Kind::missing;
  bool readable = false;  // folders: names and contents; by the account that was asked for
  std::string error;      // why it is missing or not readable
};

class System {
 public:
  System() = default;
  virtual ~System() = default;
  System(const System&) = delete;
  System& operator=(const System&) = delete;

  virtual net::Interfaces interfaces() const = 0;
  virtual bool has_user(const std::string& name) const = 0;
  virtual bool has_group(const std::string& name) const = 0;
  // One state for each path, as the run-time user and group of these settings meet it.
  virtual std::vector<PathState> look_at(std::span<const std::string> paths, const settings::Daemon& daemon) const = 0;
  // The sockets that wait on one of these ports.
  virtual std::vector<net::Listener> listeners(std::span<const std::uint16_t> ports) const = 0;
  // The process id in a pid file.
  virtual std::optional<int> running(const std::string& pid_file) const = 0;
};

}  // namespace swapmasq::check
