// Replies that dhcp-reply-delay holds back. An OFFER is made when its time has come, with what holds then; a proxy's
// reply is made before it begins to wait.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "base/time.hpp"
#include "dhcp/tags.hpp"
#include "dhcp/transaction.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"
#include "wire/dhcp4_reply.hpp"

namespace swapmasq::dhcp {

class DelayedReplies {
 public:
  DelayedReplies(const settings::Settings& settings, log::Log& log)
      : delays_(settings.dhcp_matching.reply_delays), quiet_(settings.dhcp.quiet), log_(log) {}

  // In seconds; 0: at once. `tags`: with that of the range.
  std::uint32_t delay(const TagSet& tags) const;

  void hold_offer(TransactionPtr t, std::uint32_t delay) { insert(std::move(t), nullptr, delay); }
  void hold(TransactionPtr t, wire::Dhcp4Reply reply, std::uint32_t delay) {
    insert(std::move(t), std::make_unique<wire::Dhcp4Reply>(std::move(reply)), delay);
  }

  struct Held {
    TimePoint due;
    TransactionPtr transaction;
    std::unique_ptr<wire::Dhcp4Reply> reply;  // null: an OFFER is to be made
  };
  // Takes the next one whose time has come.
  std::optional<Held> take_due(TimePoint now);
  std::optional<TimePoint> next_event() const;

 private:
  void insert(TransactionPtr t, std::unique_ptr<wire::Dhcp4Reply> reply, std::uint32_t delay);

  const std::vector<settings::DhcpReplyDelay>& delays_;
  bool quiet_;
  log::Log& log_;
  std::deque<Held> held_;  // by due time
};

}  // namespace swapmasq::dhcp
