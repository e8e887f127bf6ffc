#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "tftp/blocks.hpp"

namespace swapmasq::tftp {

namespace {

class NetasciiBlocks : public Blocks {
 public:
  NetasciiBlocks(std::shared_ptr<SharedFile> file, std::size_t block_size)
      : file_(std::move(file)), size_(file_->status().size), packet_(1, block_size) {}

  [[nodiscard]] BlockRun run(std::uint64_t first, std::size_t count) override {
    if (count == 0 || (last_ && first > *last_)) return {};
    if (first == block_ + 1) {
      if (const auto failure = fill(first)) return {{}, 0, failure};
    }
    if (first != block_) return {};
    return {packet_.view(0, 1), 1, std::nullopt};
  }

  std::optional<std::uint64_t> last() const override { return last_; }

 private:
  // The block after the present one. Line ends move everything behind them, so blocks can only be made in order.
  std::optional<Errno> fill(std::uint64_t block) {
    const auto payload = packet_.payload(0);
    std::size_t length = 0;
    while (length < payload.size()) {
      if (line_feed_due_) {
        payload[length++] = '\n';
        line_feed_due_ = false;
        continue;
      }
      if (unread_.empty()) {
        if (const auto failure = refill()) return failure;
        if (unread_.empty()) break;
      }
      line_feed_due_ = unread_.front() == '\n';
      payload[length++] = line_feed_due_ ? std::uint8_t{'\r'} : unread_.front();
      unread_ = unread_.subspan(1);
    }
    packet_.finish(1, block, length);
    block_ = block;
    if (length < payload.size()) last_ = block;
    return std::nullopt;
  }

  std::optional<Errno> refill() {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(input_.size(), size_ - offset_));
    const std::array parts{std::span{input_}.first(wanted)};
    const auto got = file_->read(offset_, parts);
    if (!got) return got.error();
    if (*got < wanted) return 0;
    offset_ += wanted;
    unread_ = parts[0];
    return std::nullopt;
  }

  std::shared_ptr<SharedFile> file_;
  std::uint64_t size_;
  wire::TftpDataPackets packet_;
  std::uint64_t block_ = 0;  // what packet_ holds; 0: nothing yet
  std::optional<std::uint64_t> last_;
  std::uint64_t offset_ = 0;
  std::vector<std::uint8_t> input_ = std::vector<std::uint8_t>(16384);
  std::span<const std::uint8_t> unread_;
  bool line_feed_due_ = false;
};

}  // namespace

std::unique_ptr<Blocks> netascii_blocks(std::shared_ptr<SharedFile> file, std::size_t block_size) {
  return std::make_unique<NetasciiBlocks>(std::move(file), block_size);
}

}  // namespace swapmasq::tftp
