#include "upstream/datagram_batch.hpp"

#include <array>
#include <cerrno>
#include <span>
#include <sys/socket.h>
#include <sys/uio.h>

namespace swapmasq::upstream {

namespace {

constexpr std::size_t most = 32;
constexpr std::size_t largest = 65536;  // octets; memory that is never written to costs nothing

}  // namespace

struct DatagramBatch::Buffers {
  Buffers() {
    for (std::size_t i = 0; i < most; ++i) {
      vectors[i] = {slot(i).data(), largest};
      messages[i].msg_hdr.msg_iov = &vectors[i];
      messages[i].msg_hdr.msg_iovlen = 1;
    }
  }
  std::span<std::uint8_t> slot(std::size_t i) const {
    return std::span{octets.get(), most * largest}.subspan(i * largest, largest);
  }

  std::unique_ptr<std::uint8_t[]> octets = std::make_unique_for_overwrite<std::uint8_t[]>(most * largest);
  std::array<iovec, most> vectors{};
  std::array<mmsghdr, most> messages{};
};

DatagramBatch::DatagramBatch() = default;
DatagramBatch::~DatagramBatch() = default;

int DatagramBatch::fill(int fd) {
  if (!buffers_) buffers_ = std::make_unique<Buffers>();
  count_ = 0;
  const int count = ::recvmmsg(fd, buffers_->messages.data(), most, MSG_DONTWAIT, nullptr);
  if (count < 0) return errno;
  count_ = static_cast<std::size_t>(count);
  return 0;
}

ByteView DatagramBatch::operator[](std::size_t i) const {
  return ByteView{buffers_->slot(i)}.first(buffers_->messages[i].msg_len);
}

void DatagramBatch::put_u16(std::size_t i, std::uint16_t value) {
  const auto slot = buffers_->slot(i);
  slot[0] = static_cast<std::uint8_t>(value >> 8);
  slot[1] = static_cast<std::uint8_t>(value);
}

}  // namespace swapmasq::upstream
