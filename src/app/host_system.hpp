// The machine that the program runs on, as --check sees it.
#pragma once

#include "check/system.hpp"

namespace swapmasq::app {

// Changes nothing. Another user's view of a path is taken by a child process that has become that user, so that access
// control lists count; without the right to do so, only what is missing is known.
class HostSystem : public check::System {
 public:
  net::Interfaces interfaces() const override;
  bool has_user(const std::string& name) const override;
  bool has_group(const std::string& name) const override;
  std::vector<check::PathState> look_at(std::span<const std::string> paths,
                                        const settings::Daemon& daemon) const override;
  std::vector<net::Listener> listeners(std::span<const std::uint16_t> ports) const override;
  std::optional<int> running(const std::string& pid_file) const override;
};

}  // namespace swapmasq::app
