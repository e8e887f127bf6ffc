// A machine for tests: what it has is written into its members.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "check/system.hpp"

namespace swapmasq::check {

class FakeSystem : public System {
 public:
  net::Interfaces interfaces_;
  std::set<std::string> users = {"nobody", "dnsmasq"};
  std::set<std::string> groups = {"dip"};
  std::map<std::string, PathState> paths;  // others are missing
  std::vector<net::Listener> listeners_;
  std::map<std::string, int> pid_files;

  void add_interface(const std::string& name, const std::string& address, unsigned prefix_length) {
    net::Interface interface;
    interface.name = name;
    interface.loopback = name == "lo";
    interface.addresses.push_back(
        {.address = *IpAddress::parse(address), .prefix_length = prefix_length, .label = name});
    interfaces_.push_back(interface);
  }

  net::Interfaces interfaces() const override { return interfaces_; }
  bool has_user(const std::string& name) const override { return users.contains(name); }
  bool has_group(const std::string& name) const override { return groups.contains(name); }
  std::vector<PathState> look_at(std::span<const std::string> wanted, const settings::Daemon& daemon) const override {
    std::vector<PathState> states;
    for (const auto& path : wanted) {
      const auto found = paths.find(path);
      states.push_back(found == paths.end() ? PathState{PathState::Kind::missing, false, "No such file or directory"}
                                            : found->second);
      // Root reads everything.
      if (daemon.user == "" && found != paths.end()) states.back().readable = true;
    }
    return states;
  }
  std::vector<net::Listener> listeners(std::span<const std::uint16_t> ports) const override {
    auto found = listeners_;
    std::erase_if(found, [&](const net::Listener& each) { return std::ranges::find(ports, each.port) == ports.end(); });
    return found;
  }
  std::optional<int> running(const std::string& pid_file) const override {
    const auto found = pid_files.find(pid_file);
    return found == pid_files.end() ? std::nullopt : std::optional{found->second};
  }
};

}  // namespace swapmasq::check
