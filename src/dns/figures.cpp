#include "dns/figures.hpp"

#include <algorithm>

namespace swapmasq::dns {

namespace {

constexpr std::uint64_t remembered_replies = 128;

}  // namespace

void ServerFigures::note_latency(double ms) {
  ++replies;
  latency_ms += (ms - latency_ms) / static_cast<double>(std::min(replies, remembered_replies));
}

void ServerFigures::add(const ServerFigures& other) {
  const auto all_replies = replies + other.replies;
  if (all_replies > 0)
    latency_ms = (latency_ms * static_cast<double>(replies) + other.latency_ms * static_cast<double>(other.replies)) /
                 static_cast<double>(all_replies);
  replies = all_replies;
  sent += other.sent;
  retried += other.retried;
  failed += other.failed;
  nx_domain += other.nx_domain;
}

// There are few servers.
void Figures::add(const Endpoint& server, const ServerFigures& counted) {
  const auto known = std::ranges::find(servers, server, &OfServer::endpoint);
  if (known == servers.end()) {
    servers.push_back({server, counted});
  } else {
    known->figures.add(counted);
  }
}

void Figures::add(const Figures& other) {
  forwarded += other.forwarded;
  answered_locally += other.answered_locally;
  answered_stale += other.answered_stale;
  authoritative += other.authoritative;
  insertions += other.insertions;
  evictions += other.evictions;
  for (const auto& server : other.servers) add(server.endpoint, server.figures);
}

}  // namespace swapmasq::dns
