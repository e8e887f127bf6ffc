#include "dhcp/delayed_replies.hpp"

#include <algorithm>
#include <utility>

#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {
namespace {

// A client that is not answered asks again.
constexpr std::size_t most_held = 1000;

}  // namespace

std::uint32_t DelayedReplies::delay(const TagSet& tags) const {
  const auto* line = last_fitting(delays_, tags);
  return line ? line->seconds : 0;
}

void DelayedReplies::insert(TransactionPtr t, std::unique_ptr<wire::Dhcp4Reply> reply, std::uint32_t delay) {
  if (held_.size() >= most_held) return;
  if (!quiet_) log_.write(log::dhcp_reply_delay(t->message.header.xid, delay));
  // The reference waits until its clock of whole seconds is past the delay.
  const auto due = at_seconds(seconds_of(t->received) + delay + 1);
  const auto place = std::ranges::upper_bound(held_, due, {}, &Held::due);
  held_.insert(place, Held{due, std::move(t), std::move(reply)});
}

std::optional<DelayedReplies::Held> DelayedReplies::take_due(TimePoint now) {
  if (held_.empty() || held_.front().due > now) return std::nullopt;
  auto held = std::move(held_.front());
  held_.pop_front();
  return held;
}

std::optional<TimePoint> DelayedReplies::next_event() const {
  return held_.empty() ? std::nullopt : std::optional{held_.front().due};
}

}  // namespace swapmasq::dhcp
