// How long a server that is asked much rests between batches of datagrams. To fall asleep and to be woken up costs more
// than an answer; what gathers in some microseconds is read, and answered, with one system call each.
//
// Clients who wait for their answers before they ask again are held up by rests. So every tenth of a second begins with
// a hundredth without them and one with them, and only if about as much comes in both does it go on with rests.
#pragma once

#include <chrono>
#include <cstddef>

#include "base/time.hpp"

namespace swapmasq::io {

class Pace {
 public:
  // After a batch of so many datagrams: 20 to 300 microseconds, what lets a few gather. None below 10,000 a second.
  std::chrono::microseconds rest_after(std::size_t datagrams, TimePoint now);

 private:
  TimePoint since_;  // the round's begin
  std::size_t without_rests_ = 0;
  std::size_t batches_without_rests_ = 0;
  std::size_t with_rests_ = 0;
};

}  // namespace swapmasq::io
