#include "grammar/arguments/analysis.hpp"

#include <gtest/gtest.h>

namespace swapmasq::grammar {
namespace {

TEST(ArgumentGrammars, cannot_loop_without_progress) {
  EXPECT_EQ(problems_in_dhcp_range(), 0U);
}

}  // namespace
}  // namespace swapmasq::grammar
