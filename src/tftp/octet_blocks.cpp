#include <algorithm>
#include <utility>

#include "tftp/blocks.hpp"

namespace swapmasq::tftp {

namespace {

constexpr std::size_t read_ahead = 65536;  // octets
constexpr std::size_t most_packets = 64;   // of one stretch: what one UDP_SEGMENT send takes

class OctetBlocks : public Blocks {
 public:
  OctetBlocks(std::shared_ptr<SharedFile> file, std::size_t block_size, std::size_t window)
      : file_(std::move(file)),
        last_(file_->status().size / block_size + 1),
        block_size_(block_size),
        capacity_(capacity(block_size, std::clamp<std::size_t>(window, 1, most_packets))) {}

  [[nodiscard]] BlockRun run(std::uint64_t first, std::size_t count) override {
    if (first == 0 || first > last_) return {};
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(count, last_ - first + 1));
    if (!has(first, wanted)) take(first);
    const auto& packets = stretch_->packets;
    const auto index = static_cast<std::size_t>(first - first_);
    const auto available = std::min(wanted, packets.count() - index);
    return {packets.view(index, available), available, available < wanted ? stretch_->failure : std::nullopt};
  }

  std::optional<std::uint64_t> last() const override { return last_; }

 private:
  // A whole number of windows, so that no window is read in two parts.
  static std::size_t capacity(std::size_t block_size, std::size_t window) {
    const auto ahead = std::clamp<std::size_t>(read_ahead / block_size, 1, most_packets);
    return std::max(ahead / window * window, window);
  }

  bool has(std::uint64_t first, std::size_t count) const {
    return stretch_ && first >= first_ && first - first_ + count <= stretch_->packets.count();
  }

  void take(std::uint64_t first) {
    stretch_.reset();  // first, so that its memory can be used again
    first_ = first;
    stretch_ =
        file_->stretch({.block_size = block_size_,
                        .first = first,
                        .count = static_cast<std::size_t>(std::min<std::uint64_t>(capacity_, last_ - first + 1))});
  }

  std::shared_ptr<SharedFile> file_;
  std::uint64_t last_;
  std::size_t block_size_;
  std::size_t capacity_;     // blocks of a stretch
  std::uint64_t first_ = 1;  // of the stretch
  std::shared_ptr<const Stretch> stretch_;
};

}  // namespace

std::unique_ptr<Blocks> octet_blocks(std::shared_ptr<SharedFile> file, std::size_t block_size, std::size_t window) {
  return std::make_unique<OctetBlocks>(std::move(file), block_size, window);
}

}  // namespace swapmasq::tftp
