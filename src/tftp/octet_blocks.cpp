#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "tftp/blocks.hpp"

namespace swapmasq::tftp {

namespace {

constexpr std::size_t read_ahead = 65536;  // octets
constexpr std::size_t most_packets = 64;   // of one buffer: what one UDP_SEGMENT send takes

class OctetBlocks : public Blocks {
 public:
  OctetBlocks(std::shared_ptr<File> file, std::size_t block_size, std::size_t window)
      : file_(std::move(file)),
        size_(file_->status().size),
        last_(size_ / block_size + 1),
        packets_(capacity(block_size, std::clamp<std::size_t>(window, 1, most_packets), last_), block_size) {}

  [[nodiscard]] BlockRun run(std::uint64_t first, std::size_t count) override {
    if (first == 0 || first > last_) return {};
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(count, last_ - first + 1));
    std::optional<Errno> failure;
    if (!has(first, wanted)) failure = fill(first);
    const auto index = static_cast<std::size_t>(first - first_);
    const auto available = std::min(wanted, packets_.count() - index);
    if (available == wanted) failure.reset();
    return {packets_.view(index, available), available, failure};
  }

  std::optional<std::uint64_t> last() const override { return last_; }

 private:
  // A whole number of windows, so that no window is read in two parts; no more than the file has.
  static std::size_t capacity(std::size_t block_size, std::size_t window, std::uint64_t blocks) {
    const auto ahead = std::clamp<std::size_t>(read_ahead / block_size, 1, most_packets);
    const auto windows = std::max(ahead / window * window, window);
    return static_cast<std::size_t>(std::min<std::uint64_t>(windows, blocks));
  }

  bool has(std::uint64_t first, std::size_t count) const {
    return first >= first_ && first - first_ + count <= packets_.count();
  }

  // Reads as many blocks from `first` on as the buffer takes. Says what went wrong if some of them are missing.
  std::optional<Errno> fill(std::uint64_t first) {
    const auto block_size = packets_.block_size();
    const auto offset = (first - 1) * block_size;
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(packets_.capacity(), last_ - first + 1));
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(count * block_size, size_ - offset));

    std::array<std::span<std::uint8_t>, most_packets> parts;
    std::size_t used = 0;
    for (std::size_t left = wanted; left > 0; ++used) {
      parts[used] = packets_.payload(used).first(std::min(left, block_size));
      left -= parts[used].size();
    }
    const auto got = file_->read(offset, std::span{parts}.first(used));

    first_ = first;
    if (got && *got == wanted) {
      packets_.finish(count, first, wanted - (count - 1) * block_size);
      return std::nullopt;
    }
    packets_.finish(got.value_or(0) / block_size, first, block_size);
    return got ? 0 : got.error();
  }

  std::shared_ptr<File> file_;
  std::uint64_t size_;  // the file is as long as it was when it was opened, whatever becomes of it
  std::uint64_t last_;
  wire::TftpDataPackets packets_;
  std::uint64_t first_ = 1;
};

}  // namespace

std::unique_ptr<Blocks> octet_blocks(std::shared_ptr<File> file, std::size_t block_size, std::size_t window) {
  return std::make_unique<OctetBlocks>(std::move(file), block_size, window);
}

}  // namespace swapmasq::tftp
