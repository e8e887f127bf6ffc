// What has been counted since the start: what SIGUSR1 and the CHAOS names tell (spec daemon.md section 9,
// dns-forwarding.md section 16). A value, so that the figures of engines that serve side by side can be added up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/address.hpp"

namespace swapmasq::dns {

// What is counted of an upstream server.
struct ServerFigures {
  std::uint64_t sent = 0;
  std::uint64_t retried = 0;
  std::uint64_t failed = 0;
  std::uint64_t nx_domain = 0;
  std::uint64_t replies = 0;
  double latency_ms = 0;  // moving average over about 128 replies

  void note_latency(double ms);
  // The average of both is weighted by their replies.
  void add(const ServerFigures& other);
};

// TCP connections of clients: now, and at most since this was logged the last time.
struct TcpUse {
  std::size_t connections = 0;
  std::size_t highest = 0;
};

struct Figures {
  struct OfServer {
    Endpoint endpoint;
    ServerFigures figures;
  };

  std::uint64_t forwarded = 0;
  std::uint64_t answered_locally = 0;
  std::uint64_t answered_stale = 0;
  std::uint64_t authoritative = 0;
  std::uint64_t insertions = 0;   // into the cache
  std::uint64_t evictions = 0;    // of unexpired records
  std::vector<OfServer> servers;  // one per address and port, in the order in which they were added

  void add(const Endpoint& server, const ServerFigures& counted);
  void add(const Figures& other);
};

}  // namespace swapmasq::dns
