// dns-loop-detect: servers that send our own queries back to us are found by a question that nobody else would ask
// (spec dns-forwarding.md section 17.5).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"
#include "dns/actions.hpp"
#include "dns/parsed_query.hpp"
#include "dns/server_set.hpp"
#include "settings/dns.hpp"

namespace swapmasq::dns {

class LoopDetector {
 public:
  LoopDetector(Carrier& carrier, std::function<std::uint32_t()> random)
      : carrier_(carrier), random_(std::move(random)) {}

  // A new server list is in use: each of these gets a question, with the next tick().
  void probe(const std::vector<std::shared_ptr<Server>>& servers, const settings::Dns& settings);
  // The server that has sent this query of ours back; it must not be answered.
  std::shared_ptr<Server> culprit(const ParsedQuery& query) const;

  void tick(TimePoint now, Actions& out);
  std::optional<TimePoint> next_event() const;

 private:
  void forget(Actions& out);

  Carrier& carrier_;
  std::function<std::uint32_t()> random_;
  std::unordered_map<std::string, std::weak_ptr<Server>> probes_;  // by name, wire form
  std::vector<UpstreamSend> unsent_;
  std::vector<SendId> sent_;
  std::optional<TimePoint> end_;  // when the answers, if there are any, are not waited for any longer
  std::uint64_t last_place_ = 0;
};

}  // namespace swapmasq::dns
