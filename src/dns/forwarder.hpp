// The life of a query that upstream has to answer: which servers are asked when, and what their replies and their
// silence mean (spec dns-forwarding.md sections 5 to 9).
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "dns/actions.hpp"
#include "dns/domain_table.hpp"
#include "dns/local_answers.hpp"
#include "dns/local_data.hpp"
#include "dns/pending_queries.hpp"
#include "dns/query_log.hpp"
#include "log/line.hpp"

namespace swapmasq::dns {

class Forwarder {
 public:
  Forwarder(LocalData& local, DomainTable& domains, const QueryLog& query_log, log::Log& log,
            std::function<std::uint32_t()> random)
      : local_(local), domains_(domains), query_log_(query_log), log_(log), random_(std::move(random)) {}

  // Why a query cannot be forwarded.
  enum class Refusal { too_many };
  // Sends the query, or lets it wait for an equal one. Nothing: done.
  std::optional<Refusal> forward(const Asked& asked, ServerSet& set, Actions& out);
  // Asks again what was answered from the stale cache; the answer is for the cache only.
  void refresh(const Asked& asked, ServerSet& set, Actions& out);

  void reply(SendId id, ByteView message, TimePoint now, Actions& out);
  void failed(SendId id, SendFailure failure, TimePoint now, Actions& out);
  void tick(TimePoint now, Actions& out);
  std::optional<TimePoint> next_event() const;

  std::optional<std::uint32_t> serial_of(SendId id) const;
  std::uint64_t forwarded() const { return forwarded_; }
  std::uint64_t failures_answered() const { return failures_answered_; }

 private:
  struct Deadline {
    TimePoint when;
    SendId id = 0;
  };

  // fast-dns-retry: when a query that has no reply by then is sent again.
  struct Retry {
    TimePoint when;
    std::uint64_t number = 0;
    bool operator>(const Retry& other) const { return when > other.when; }
  };

  PendingQuery pending_for(const Asked& asked, ServerSet& set, std::string key);
  void join(PendingQuery& pending, const Asked& asked, Actions& out);
  void start(PendingQuery& pending, TimePoint now, Actions& out);
  void plan_retry(PendingQuery& pending, TimePoint now);
  void retry(TimePoint now, Actions& out);
  void send(PendingQuery& pending, const std::shared_ptr<Server>& server, TimePoint now, Actions& out);
  void send_to_all(PendingQuery& pending, TimePoint now, Actions& out);
  // strict-order; false after the last one.
  bool send_to_next(PendingQuery& pending, TimePoint now, Actions& out);
  // Again to the server asked last, or with strict-order to the one behind it.
  void send_on(PendingQuery& pending, TimePoint now, Actions& out);
  bool send_tcp_to_next(PendingQuery& pending, TimePoint now, Actions& out);
  // True when the reply means that somebody else has to be asked or waited for.
  bool try_others(PendingQuery& pending, Server& server, unsigned rcode, TimePoint now, Actions& out);
  void note_reply(PendingQuery& pending, const PendingQuery::Sent& sent, unsigned rcode, TimePoint now);
  void answer(PendingQuery& pending, Server& server, ByteView message, const wire::DnsHeader& header,
              const wire::DnsQuestion& question, TimePoint now, Actions& out);
  void refuse_all(PendingQuery& pending, Actions& out);
  void close(PendingQuery& pending, Actions& out);
  void warn_too_many(const ServerSet& set, TimePoint now);
  bool strict() const { return local_.settings.strict_order && !local_.settings.all_servers; }

  LocalData& local_;
  DomainTable& domains_;
  const QueryLog& query_log_;
  log::Log& log_;
  std::function<std::uint32_t()> random_;
  PendingQueries pending_;
  std::deque<Deadline> tcp_deadlines_;
  std::priority_queue<Retry, std::vector<Retry>, std::greater<>> retries_;
  bool case_mismatch_told_ = false;
  std::optional<TimePoint> last_warning_;
  std::uint64_t forwarded_ = 0;
  std::uint64_t failures_answered_ = 0;
};

}  // namespace swapmasq::dns
