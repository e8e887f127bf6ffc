#include "dns/pending_queries.hpp"

#include <algorithm>
#include <utility>

namespace swapmasq::dns {

std::string question_key(const ParsedQuery& query) {
  std::string key{query.name.wire()};
  for (const auto number : {query.question.type, query.question.klass}) {
    key += static_cast<char>(number >> 8);
    key += static_cast<char>(number & 0xff);
  }
  key += static_cast<char>('0' + (query.header.cd ? 1 : 0) + (query.ad_wanted() ? 2 : 0) + (query.dnssec_ok() ? 4 : 0) +
                           (query.edns ? 8 : 0));
  return key;
}

PendingQuery& PendingQueries::add(PendingQuery query, TimePoint now) {
  query.number = ++last_number_;
  query.created = now;
  query.young = true;
  ++query.set->young_queries;
  youth_.push_back({now, query.number});
  life_.push_back({now, query.number});
  if (!query.key.empty()) questions_.insert_or_assign(query.key, query.number);
  const auto number = query.number;
  return queries_.emplace(number, std::move(query)).first->second;
}

PendingQuery* PendingQueries::find(std::uint64_t number) {
  const auto found = queries_.find(number);
  return found == queries_.end() ? nullptr : &found->second;
}

const PendingQuery* PendingQueries::find(std::uint64_t number) const {
  const auto found = queries_.find(number);
  return found == queries_.end() ? nullptr : &found->second;
}

PendingQuery* PendingQueries::find_question(const std::string& key) {
  const auto found = questions_.find(key);
  return found == questions_.end() ? nullptr : find(found->second);
}

void PendingQueries::end_youth(PendingQuery& query) {
  if (!std::exchange(query.young, false)) return;
  --query.set->young_queries;
}

void PendingQueries::erase(std::uint64_t number) {
  const auto found = queries_.find(number);
  if (found == queries_.end()) return;
  auto& query = found->second;
  end_youth(query);
  if (!query.waiters.empty()) additional_waiters -= query.waiters.size() - 1;
  const auto question = questions_.find(query.key);
  if (question != questions_.end() && question->second == number) questions_.erase(question);
  queries_.erase(found);
}

std::vector<std::uint64_t> PendingQueries::age(TimePoint now) {
  for (; !youth_.empty() && now - youth_.front().when >= query_timeout; youth_.pop_front())
    if (auto* query = find(youth_.front().number)) end_youth(*query);
  std::vector<std::uint64_t> gone;
  for (; !life_.empty() && now - life_.front().when >= pending_life; life_.pop_front())
    if (queries_.contains(life_.front().number)) gone.push_back(life_.front().number);
  return gone;
}

std::optional<TimePoint> PendingQueries::next_age() const {
  std::optional<TimePoint> next;
  if (!youth_.empty()) next = youth_.front().when + query_timeout;
  if (!life_.empty()) next = std::min(next.value_or(TimePoint::max()), life_.front().when + pending_life);
  return next;
}

}  // namespace swapmasq::dns
