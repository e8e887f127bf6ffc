// Answers from local and cached data, in the order of spec dns-forwarding.md section 3.1.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "dns/chaos.hpp"
#include "dns/client.hpp"
#include "dns/domain_table.hpp"
#include "dns/local_data.hpp"
#include "dns/parsed_query.hpp"
#include "dns/query_log.hpp"

namespace swapmasq::dns {

// One query on its way through the steps.
struct Asked {
  const ParsedQuery& query;
  const Client& client;
  Origin origin;
  std::size_t limit = 0;  // of the reply, without OPT
  TimePoint now;
};

class LocalAnswers {
 public:
  LocalAnswers(LocalData& data, const QueryLog& log, std::function<ChaosFacts()> chaos_facts)
      : data_(data), log_(log), chaos_facts_(std::move(chaos_facts)) {}

  // The reply, or nothing when upstream has to be asked.
  std::optional<Bytes> answer(const Asked& asked, const DomainTable& domains);

  // An address= line's answer, or that of local= and domain-needed.
  Bytes literal(const Asked& asked, const std::vector<IpAddress>& addresses);
  Bytes nothing_there(const Asked& asked, bool other_types_exist);

  // Hosts files were read anew: rotations start again.
  void forget_rotations() {
    rotations_.clear();
    orders_.clear();
  }

 private:
  class Answering;

  std::uint32_t rotate(wire::WireName name, std::uint16_t type);
  // In what order the `count` local addresses of a name stand by now: their places in the order of loading.
  std::vector<std::size_t>& order_of(wire::WireName name, std::size_t count);

  LocalData& data_;
  const QueryLog& log_;
  std::function<ChaosFacts()> chaos_facts_;
  std::unordered_map<std::string, std::uint32_t> rotations_;  // lookups of names with several services
  std::unordered_map<std::string, std::vector<std::size_t>> orders_;
};

}  // namespace swapmasq::dns
