// Answers from the records of the configuration, and the CHAOS names (spec dns-local-data.md).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "dns/answer_draft.hpp"
#include "dns/chaos.hpp"
#include "dns/local_data.hpp"

namespace swapmasq::dns {

class ConfigAnswers {
 public:
  using Targets = std::vector<AnswerDraft::Target>;

  ConfigAnswers(const LocalData& data, const QueryLog& log, std::function<ChaosFacts()> chaos_facts)
      : data_(data), log_(log), chaos_facts_(std::move(chaos_facts)) {}

  // A question of class CHAOS: whether it is ours.
  bool chaos(AnswerDraft& draft);
  // Follows one cname=; false when the name has none.
  bool follow_alias(AnswerDraft& draft);
  // Adds the records of a type that the question wants; whether there are any. The hosts that they name go to
  // `targets`, each once.
  bool records(AnswerDraft& draft, std::uint16_t type, Targets& targets);
  // dns-rr and caa-record: of the type asked for, or all.
  void verbatim(AnswerDraft& draft);
  // localmx and selfmx: a record for every host that has none of its own.
  void mail_host(AnswerDraft& draft);

  // synth-domain, both ways; whether the name or the address is one.
  bool synthetic_address(AnswerDraft& draft, bool v4);
  bool synthetic_name(AnswerDraft& draft, const IpAddress& address);

  void forget_rotations() { rotations_.clear(); }

 private:
  // Which of several services comes first this time.
  std::uint32_t rotate(wire::WireName name);

  const LocalData& data_;
  const QueryLog& log_;
  std::function<ChaosFacts()> chaos_facts_;
  std::unordered_map<std::string, std::uint32_t> rotations_;  // lookups of names with several services
};

}  // namespace swapmasq::dns
