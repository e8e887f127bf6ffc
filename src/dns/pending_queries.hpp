// Queries that wait for upstream (spec dns-forwarding.md section 7): found by their number, which every send carries,
// and by their question, so that equal questions are asked once. Time only ever moves queries from young to old to
// gone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "dns/client.hpp"
#include "dns/parsed_query.hpp"
#include "dns/query_log.hpp"
#include "dns/server_set.hpp"
#include "dns/upstream_send.hpp"

namespace swapmasq::dns {

inline constexpr std::chrono::seconds query_timeout{10};
inline constexpr std::chrono::seconds pending_life{40};

// One client's interest in an answer.
struct Waiter {
  Client client;
  Origin origin;
  std::uint16_t id = 0;
  std::string spelled_name;  // wire form, as this client wrote it
  std::size_t limit = 0;     // octets
};

struct PendingQuery {
  struct Sent {
    std::shared_ptr<Server> server;
    TimePoint when;
    bool over = false;    // nothing can come any more
    bool failed = false;  // it never left
  };

  std::uint64_t number = 0;
  std::string key;  // question_key(); empty: never merged
  wire::DnsQuestion question;
  wire::DnsHeader header;  // of the first query
  bool has_edns = false;
  bool dnssec_ok = false;
  bool tcp = false;
  Bytes message;           // as sent upstream
  bool scrambled = false;  // the case of the letters in its question
  std::uint16_t upstream_id = 0;
  std::vector<Waiter> waiters;
  Origin origin;  // the query that was sent last: whose lines the answer's are

  ServerSet* set = nullptr;
  std::shared_ptr<Server> current;  // the one asked last
  bool asked_all = false;
  std::size_t outstanding = 0;  // replies that may still come, counted per send
  std::vector<Sent> sends;
  TimePoint created;
  TimePoint last_sent;
  std::chrono::milliseconds retry_delay{0};  // the next one, of fast-dns-retry
  bool young = true;                         // counts in set->young_queries

  wire::WireName name() const { return question.name.wire(); }
};

class PendingQueries {
 public:
  // Takes a place among the young ones of its set.
  PendingQuery& add(PendingQuery query, TimePoint now);
  PendingQuery* find(std::uint64_t number);
  const PendingQuery* find(std::uint64_t number) const;
  PendingQuery* find_question(const std::string& key);
  void erase(std::uint64_t number);

  // Ends youth and life. Returns the numbers of the queries that are to be forgotten; they are still there.
  std::vector<std::uint64_t> age(TimePoint now);
  std::optional<TimePoint> next_age() const;

  // Waiters beyond each query's first.
  std::size_t additional_waiters = 0;

  bool empty() const { return queries_.empty(); }

 private:
  struct Birth {
    TimePoint when;
    std::uint64_t number = 0;
  };

  void end_youth(PendingQuery& query);

  std::uint64_t last_number_ = 0;
  std::unordered_map<std::uint64_t, PendingQuery> queries_;
  std::unordered_map<std::string, std::uint64_t> questions_;
  std::deque<Birth> youth_;  // both in the order of creation
  std::deque<Birth> life_;
};

// What makes two queries the same: name, type, class, CD, AD wanted, DO, OPT present.
std::string question_key(const ParsedQuery& query);

// A send's id is the query's number and the place among its sends.
constexpr SendId send_id(std::uint64_t number, std::size_t place) { return (number << 16) | (place & 0xffffU); }
constexpr std::uint64_t number_of(SendId id) { return id >> 16; }
constexpr std::size_t place_of(SendId id) { return id & 0xffffU; }

}  // namespace swapmasq::dns
