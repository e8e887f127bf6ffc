// Answers from local and cached data, in the order of spec dns-forwarding.md section 3.1.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "dns/answer_draft.hpp"
#include "dns/cache_answers.hpp"
#include "dns/config_answers.hpp"
#include "dns/domain_table.hpp"
#include "dns/host_answers.hpp"
#include "dns/local_data.hpp"

namespace swapmasq::dns {

struct LocalAnswer {
  Bytes message;
  bool stale = false;  // something in it has expired: time to ask upstream again
};

class LocalAnswers {
 public:
  LocalAnswers(LocalData& data, const QueryLog& log, std::function<ChaosFacts()> chaos_facts)
      : data_(data), log_(log), config_(data, log, std::move(chaos_facts)), hosts_(data, log), cache_(data, log) {}

  // The reply, or nothing when upstream has to be asked.
  std::optional<LocalAnswer> answer(const Asked& asked, const DomainTable& domains);

  // An address= line's answer, or that of local= and domain-needed.
  Bytes literal(const Asked& asked, const std::vector<IpAddress>& addresses);
  Bytes nothing_there(const Asked& asked, bool other_types_exist);

  // Hosts files were read anew: rotations start again.
  void forget_rotations() {
    config_.forget_rotations();
    hosts_.forget_rotations();
  }

 private:
  // False when a link exists that may not be used: then upstream decides.
  bool follow_cnames(AnswerDraft& draft);
  // interface-name, ptr-record, hosts files and leases, the cache, bogus-priv.
  void reverse(AnswerDraft& draft, const DomainTable& domains);
  void addresses(AnswerDraft& draft, bool v4);
  // The addresses of the hosts that the answer names, as far as they are known here.
  void additional(AnswerDraft& draft, const ConfigAnswers::Targets& targets);
  // MAILB, and SOA with filterwin2k.
  void rules_of_types(AnswerDraft& draft);
  // There is nothing of the type for the name.
  void no_data(AnswerDraft& draft);
  // What is left for names that no source of records has answered.
  void remaining(AnswerDraft& draft);

  LocalData& data_;
  const QueryLog& log_;
  ConfigAnswers config_;
  HostAnswers hosts_;
  CacheAnswers cache_;
};

}  // namespace swapmasq::dns
