#include "dhcp/lease_events.hpp"

namespace swapmasq::dhcp {

using Action = LeaseEvent::Action;

void LeaseEvents::added(std::uint64_t sequence) {
  if (policy_.enabled) news_[sequence].added = true;
}

void LeaseEvents::changed(std::uint64_t sequence) {
  if (policy_.enabled) news_[sequence].changed = true;
}

void LeaseEvents::expiry_changed(std::uint64_t sequence) {
  if (policy_.renewals) changed(sequence);
}

void LeaseEvents::client_id_changed(std::uint64_t sequence) {
  if (policy_.client_ids) changed(sequence);
}

void LeaseEvents::name_lost(std::uint64_t sequence, std::string name) {
  if (!policy_.enabled) return;
  auto& news = news_[sequence];
  news.changed = true;
  news.lost_name = std::move(name);
  lost_names_.insert(sequence);
}

void LeaseEvents::client_heard(std::uint64_t sequence, ClientData data) {
  if (!policy_.enabled) return;
  auto& news = news_[sequence];
  news.changed = true;
  news.data = std::make_shared<const ClientData>(std::move(data));
}

void LeaseEvents::removed(std::variant<Lease, Lease6> lease) {
  if (!policy_.enabled) return;
  const auto sequence = std::visit([](const auto& l) { return l.sequence; }, lease);
  lost_names_.erase(sequence);
  auto news = news_.extract(sequence);
  ended_.push_back({std::move(lease), news ? std::move(news.mapped()) : News{}});
}

std::optional<LeaseEvent> LeaseEvents::take(const std::function<std::variant<Lease, Lease6>(std::uint64_t)>& find) {
  if (!ended_.empty()) {
    auto& last = ended_.back();
    if (auto name = std::exchange(last.news.lost_name, {}); !name.empty()) {
      return LeaseEvent{Action::old, last.lease, std::move(name), last.news.data};
    }
    LeaseEvent event{Action::del, std::move(last.lease), {}, std::move(last.news.data)};
    ended_.pop_back();
    return event;
  }
  if (!lost_names_.empty()) {
    const auto sequence = *lost_names_.begin();
    lost_names_.erase(lost_names_.begin());
    auto& news = news_[sequence];
    return LeaseEvent{Action::old, find(sequence), std::exchange(news.lost_name, {}), news.data};
  }
  if (news_.empty()) return std::nullopt;
  auto first = news_.extract(news_.begin());
  const auto action = first.mapped().added ? Action::add : Action::old;
  return LeaseEvent{action, find(first.key()), {}, std::move(first.mapped().data)};
}

}  // namespace swapmasq::dhcp
