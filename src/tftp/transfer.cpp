#include "tftp/transfer.hpp"

#include <algorithm>
#include <utility>

namespace swapmasq::tftp {

namespace {

constexpr std::int64_t patience = 120;  // seconds without progress

}  // namespace

Transfer::Transfer(std::unique_ptr<Blocks> blocks, const Agreement& agreement, TimePoint now)
    : blocks_(std::move(blocks)),
      packet_size_(wire::TftpDataPackets::header_size + agreement.block_size),
      window_(agreement.window),
      timeout_(agreement.timeout),
      next_(agreement.has_options() ? 0 : 1),
      deadline_(seconds_of(now) + timeout_),
      progress_(seconds_of(now)) {
  if (agreement.has_options()) oack_ = wire::make_tftp_oack(agreement.acknowledged);
}

Transfer::Packets Transfer::packets() {
  if (next_ == 0) {
    sent_end_ = 1;
    return {oack_, oack_.size(), std::nullopt};
  }
  const auto run = blocks_->run(next_, window_);
  sent_end_ = std::max(sent_end_, next_ + run.count);
  return {run.packets, packet_size_, run.failure};
}

Transfer::Ack Transfer::acknowledge(std::uint16_t block, TimePoint now) {
  // The wire has 16 bits of the block number. Windows are far smaller than 65536 blocks, so the distance from the
  // first open block says which one is meant.
  const auto distance = static_cast<std::uint16_t>(block - static_cast<std::uint16_t>(next_));
  const auto number = next_ + distance;
  if (number >= sent_end_) return Ack::ignored;
  next_ = number + 1;
  progress_ = seconds_of(now);
  deadline_ = progress_;
  tries_ = 0;
  back_off();
  return blocks_->last() == number ? Ack::complete : Ack::progress;
}

Transfer::Expiry Transfer::expire(TimePoint now) {
  const auto seconds = seconds_of(now);
  if (seconds - progress_ > patience) return Expiry::abandon;
  if (seconds < deadline_) return Expiry::none;
  back_off();
  ++retransmissions_;
  return Expiry::retransmit;
}

TimePoint Transfer::due() const { return at_seconds(std::min(deadline_, progress_ + patience + 1)); }

bool Transfer::all_sent() const {
  const auto last = blocks_->last();
  return last && sent_end_ > *last;
}

void Transfer::back_off() {
  deadline_ += timeout_ + (std::int64_t{1} << std::min(tries_ / 2, 16U));
  ++tries_;
}

}  // namespace swapmasq::tftp
