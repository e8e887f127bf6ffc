#include "io/vigil.hpp"

#include <gtest/gtest.h>

namespace swapmasq::io {
namespace {

// How many of so many occasions are used when the outcome is always the same.
int used(Vigil& vigil, int occasions, bool came) {
  int count = 0;
  for (int i = 0; i < occasions; ++i) {
    if (!vigil.pays()) continue;
    ++count;
    vigil.ended(came);
  }
  return count;
}

TEST(Vigil, GoesOnWhileItSucceeds) {
  Vigil vigil;
  EXPECT_EQ(used(vigil, 1000, true), 1000);
}

TEST(Vigil, IsRareWhereItIsInVain) {
  Vigil vigil;
  EXPECT_EQ(used(vigil, 4 + 6400, false), 4 + 100);
}

TEST(Vigil, AFewFailuresAreForgiven) {
  Vigil vigil;
  used(vigil, 100, true);
  EXPECT_EQ(used(vigil, 10, false), 10);
  EXPECT_EQ(used(vigil, 10, true), 10);
}

TEST(Vigil, ComesBackWhenItHelpsAgain) {
  Vigil vigil;
  used(vigil, 100, false);
  EXPECT_GT(used(vigil, 1000, true), 900);
}

}  // namespace
}  // namespace swapmasq::io
