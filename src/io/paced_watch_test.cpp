#include "io/paced_watch.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include "io/descriptor.hpp"

namespace swapmasq::io {
namespace {

class PacedWatchTest : public testing::Test {
 protected:
  PacedWatchTest() {
    std::array<int, 2> ends{};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends.data()), 0);
    sender_ = Descriptor{ends[0]};
    receiver_ = Descriptor{ends[1]};
  }

  void send(int first, int last) {
    for (; first <= last; ++first) ASSERT_EQ(::send(sender_.get(), &first, sizeof first, 0), sizeof first);
  }
  std::size_t receive() {
    int number = 0;
    if (recv(receiver_.get(), &number, sizeof number, 0) < 0) return 0;
    EXPECT_EQ(number, last_ + 1);
    last_ = number;
    if (number == stop_at_) loop_.stop();
    return 1;
  }

  Loop loop_;
  Descriptor sender_;
  Descriptor receiver_;
  int last_ = 0;
  int stop_at_ = 0;
};

TEST_F(PacedWatchTest, GivesAllInTheirOrderHoweverManyThereAre) {
  constexpr int rounds = 50;
  constexpr int burst = 100;
  stop_at_ = rounds * burst;
  const PacedWatch watch{loop_, receiver_.get(), [this] { return receive(); }};
  int sent = 0;
  std::optional<Loop::Timer> timer;
  timer.emplace(loop_, [&] {
    if (last_ == sent) {  // the system keeps only so many
      send(sent + 1, sent + burst);
      sent += burst;
    }
    if (sent < stop_at_) timer->set(Loop::now() + std::chrono::milliseconds{1});
  });
  timer->set(Loop::now());
  loop_.run();
  EXPECT_EQ(last_, stop_at_);
}

TEST_F(PacedWatchTest, WaitsAgainAfterABurst) {
  stop_at_ = 101;
  const PacedWatch watch{loop_, receiver_.get(), [this] { return receive(); }};
  send(1, 100);
  Loop::Timer late{loop_, [this] { send(101, 101); }};
  late.set(Loop::now() + std::chrono::milliseconds{50});
  loop_.run();
  EXPECT_EQ(last_, stop_at_);
}

}  // namespace
}  // namespace swapmasq::io
