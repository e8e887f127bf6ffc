// Watches a descriptor for datagrams. While they come one by one the handler is called for each; when they come faster
// than that is worth, they are left to gather for a millisecond, so that they are read and answered in batches: most of
// what a datagram costs a busy server is to fall asleep and to be woken up.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "base/time.hpp"
#include "io/loop.hpp"

namespace swapmasq::io {

class PacedWatch {
 public:
  // Reads one batch at most and says how many datagrams that were.
  using Receive = std::function<std::size_t()>;

  // Does not own the descriptor. `receive` must not destroy this watch.
  PacedWatch(Loop& loop, int fd, Receive receive);
  PacedWatch(const PacedWatch&) = delete;
  PacedWatch& operator=(const PacedWatch&) = delete;

 private:
  void wait();
  void ready();
  void look();
  bool busy(std::size_t received, TimePoint now);

  Loop& loop_;
  int fd_;
  Receive receive_;
  std::optional<Loop::Watch> watch_;  // not while they gather
  Loop::Timer timer_;
  TimePoint counted_since_;
  std::size_t counted_ = 0;
};

}  // namespace swapmasq::io
