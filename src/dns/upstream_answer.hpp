// An accepted upstream reply on its way to the clients (spec dns-forwarding.md sections 9 and 10): what is taken out,
// set and repaired once, and what differs per waiting client.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "dns/domain_table.hpp"
#include "dns/local_data.hpp"
#include "dns/pending_queries.hpp"
#include "dns/query_log.hpp"
#include "wire/dns_message.hpp"

namespace swapmasq::dns {

class UpstreamAnswer {
 public:
  // Logs what was learned and keeps what may be kept in the cache. `question` is the reply's.
  UpstreamAnswer(ByteView reply, const wire::DnsHeader& header, const wire::DnsQuestion& question,
                 const PendingQuery& pending, LocalData& local, const DomainTable& domains, const QueryLog& log,
                 TimePoint now);

  // What the client of this rcode sees; NXDOMAIN counts in the statistics.
  std::uint8_t rcode() const { return header_.rcode; }
  // The server gave no recursion with an otherwise good answer.
  bool refused_recursion() const { return refused_recursion_; }
  // Must be called after the warning about recursion, so that the lines stand in order.
  void finish();

  // The message for one waiter: its id, its spelling (unless it is the first, who gets upstream's), its size.
  Bytes message_for(const Waiter& waiter, bool first) const;

 private:
  void split(ByteView reply, std::size_t question_end);
  void drop_records();
  void repair_name_error();
  void put_aliases();
  // bogus-nxdomain
  bool made_name_error();
  void scan();

  const PendingQuery& pending_;
  LocalData& local_;
  const DomainTable& domains_;
  const QueryLog& log_;
  TimePoint now_;
  wire::DnsHeader header_;
  wire::DnsQuestion question_;
  unsigned full_rcode_ = 0;
  bool unchecked_;  // CD: what is passed on may be bogus, and is not kept
  bool refused_recursion_ = false;
  bool broken_ = false;
  std::optional<std::uint16_t> extended_error_;  // RFC 8914
  wire::Writer sections_;                        // everything but the OPT; the header in it is overwritten per client
  std::optional<wire::Edns> edns_;
};

}  // namespace swapmasq::dns
