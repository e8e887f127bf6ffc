// Whether it pays to look out for the next datagram for some microseconds instead of falling asleep. Between a virtual
// machine and its host an answer is there sooner than a sleeper is woken up; from a network it is not. So it is done as
// long as it succeeds, and tried now and then otherwise.
#pragma once

#include <algorithm>

namespace swapmasq::io {

class Vigil {
 public:
  // Whether to look out this time.
  bool pays() { return confidence_ > 0 || ++skipped_ % seldom == 0; }
  // How it went.
  void ended(bool came) { confidence_ = came ? std::min(confidence_ + 4, most) : std::max(confidence_ - 1, 0); }

 private:
  static constexpr int most = 16;
  static constexpr unsigned seldom = 64;

  int confidence_ = 4;
  unsigned skipped_ = 0;
};

}  // namespace swapmasq::io
