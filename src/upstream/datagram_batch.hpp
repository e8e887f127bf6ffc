// What a socket has received, many datagrams per system call (recvmmsg(2)). One batch serves all sockets in turn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/bytes.hpp"

namespace swapmasq::upstream {

class DatagramBatch {
 public:
  DatagramBatch();
  ~DatagramBatch();
  DatagramBatch(const DatagramBatch&) = delete;
  DatagramBatch& operator=(const DatagramBatch&) = delete;

  // Replaces what was there. 0 or errno.
  int fill(int fd);
  std::size_t size() const { return count_; }
  ByteView operator[](std::size_t i) const;
  // The first two octets of one that has them.
  void put_u16(std::size_t i, std::uint16_t value);

 private:
  struct Buffers;
  std::unique_ptr<Buffers> buffers_;  // made by the first fill()
  std::size_t count_ = 0;
};

}  // namespace swapmasq::upstream
