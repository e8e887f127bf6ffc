#include "io/pace.hpp"

#include <algorithm>

namespace swapmasq::io {

namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr milliseconds trial{10};
constexpr milliseconds round{100};
constexpr std::size_t many = 100;               // datagrams in a trial
constexpr microseconds rests_of_trial{40'000};  // shared out among its datagrams: four of them gather
constexpr microseconds shortest{20};
constexpr microseconds longest{300};

}  // namespace

microseconds Pace::rest_after(std::size_t datagrams, TimePoint now) {
  constexpr microseconds none{0};
  if (now < since_ || now >= since_ + round) {
    *this = {};
    since_ = now;
  }
  if (now < since_ + trial) {
    without_rests_ += datagrams;
    ++batches_without_rests_;
    return none;
  }
  const bool one_by_one = 2 * without_rests_ < 3 * batches_without_rests_;
  if (without_rests_ < many || one_by_one) return none;
  if (now < since_ + 2 * trial) {
    with_rests_ += datagrams;
  } else if (5 * with_rests_ < 4 * without_rests_) {
    return none;
  }
  return std::clamp(rests_of_trial / static_cast<int>(without_rests_), shortest, longest);
}

}  // namespace swapmasq::io
