#include "io/pace.hpp"

#include <gtest/gtest.h>

namespace swapmasq::io {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr microseconds none{0};

class PaceTest : public testing::Test {
 protected:
  // So many batches of such a size in each of the next milliseconds. The last rest.
  microseconds milliseconds_of(int count, std::size_t batches, std::size_t size) {
    auto rest = none;
    for (int i = 0; i < count; ++i, now_ += milliseconds{1}) {
      for (std::size_t batch = 0; batch < batches; ++batch) rest = pace_.rest_after(size, now_);
    }
    return rest;
  }

  Pace pace_;
  TimePoint now_{std::chrono::hours{1000}};
};

TEST_F(PaceTest, NobodyRestsWhenLittleIsAsked) { EXPECT_EQ(milliseconds_of(100, 3, 3), none); }

TEST_F(PaceTest, RestsAreTriedAndKept) {
  EXPECT_EQ(milliseconds_of(10, 10, 2), none);
  EXPECT_EQ(milliseconds_of(10, 5, 4), microseconds{200});
  EXPECT_EQ(milliseconds_of(80, 5, 4), microseconds{200});
  EXPECT_EQ(milliseconds_of(10, 10, 2), none) << "the next round";
}

TEST_F(PaceTest, TheMoreTheShorter) {
  milliseconds_of(10, 50, 2);
  EXPECT_EQ(milliseconds_of(10, 25, 4), microseconds{40});
  now_ += milliseconds{200};
  milliseconds_of(10, 500, 2);
  EXPECT_EQ(milliseconds_of(10, 250, 4), microseconds{20});
  now_ += milliseconds{200};
  milliseconds_of(10, 5, 2);
  EXPECT_EQ(milliseconds_of(10, 5, 2), microseconds{300});
}

TEST_F(PaceTest, NobodyIsHeldUp) {
  milliseconds_of(10, 50, 2);
  EXPECT_EQ(milliseconds_of(10, 39, 2), microseconds{40}) << "a trial";
  EXPECT_EQ(milliseconds_of(80, 39, 2), none);
}

TEST_F(PaceTest, WhoWaitsForEachAnswerIsNotEvenTried) {
  milliseconds_of(10, 50, 1);
  EXPECT_EQ(milliseconds_of(90, 50, 1), none);
}

TEST_F(PaceTest, AClockThatGoesBackBeginsAnew) {
  milliseconds_of(10, 50, 2);
  EXPECT_EQ(milliseconds_of(1, 50, 2), microseconds{40});
  now_ -= milliseconds{500};
  EXPECT_EQ(milliseconds_of(1, 50, 2), none);
}

}  // namespace
}  // namespace swapmasq::io
