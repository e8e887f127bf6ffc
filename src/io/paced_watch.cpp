#include "io/paced_watch.hpp"

#include <utility>

namespace swapmasq::io {
namespace {

constexpr std::chrono::milliseconds pause{1};
// Two a millisecond for so long are many.
constexpr std::chrono::milliseconds window{10};
constexpr std::size_t many = 20;
// After so many batches without a break others get their turn.
constexpr int most_batches = 8;

}  // namespace

PacedWatch::PacedWatch(Loop& loop, int fd, Receive receive)
    : loop_(loop), fd_(fd), receive_(std::move(receive)), timer_(loop, [this] { look(); }) {
  wait();
}

void PacedWatch::wait() {
  watch_ = loop_.watch_readable(fd_, [this] { ready(); });
}

void PacedWatch::ready() {
  const auto received = receive_();
  const auto now = Loop::now();
  if (!busy(received, now)) return;
  watch_.reset();
  timer_.set(now + pause);
}

bool PacedWatch::busy(std::size_t received, TimePoint now) {
  if (now < counted_since_ || now >= counted_since_ + window) {
    counted_since_ = now;
    counted_ = 0;
  }
  counted_ += received;
  return counted_ >= many;
}

void PacedWatch::look() {
  bool any = false;
  for (int i = 0; i < most_batches; ++i) {
    if (receive_() != 0) {
      any = true;
      continue;
    }
    if (any) {
      timer_.set(Loop::now() + pause);
    } else {
      wait();
    }
    return;
  }
  timer_.set(Loop::now());
}

}  // namespace swapmasq::io
