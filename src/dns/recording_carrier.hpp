// For tests and fuzzers: keeps what it is given, apart from what cannot leave.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "dns/upstream_send.hpp"

namespace swapmasq::dns {

class RecordingCarrier : public Carrier {
 public:
  std::optional<Obstacle> send(const UpstreamSend& send) override {
    if (const auto found = obstacles.find(send.server.address); found != obstacles.end()) return found->second;
    sends.push_back(send);
    return std::nullopt;
  }
  std::optional<std::string> source_obstacle(const UpstreamSource& source, bool /*v4*/) override {
    return taken_port && source.port == taken_port ? std::optional{std::string{"Address already in use"}}
                                                   : std::nullopt;
  }

  std::vector<UpstreamSend> sends;
  std::unordered_map<IpAddress, Obstacle> obstacles;  // by server
  std::optional<std::uint16_t> taken_port;
};

}  // namespace swapmasq::dns
