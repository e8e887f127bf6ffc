#include "grammar/arguments/analysis.hpp"

#include <gtest/gtest.h>

namespace swapmasq::grammar {
namespace {

TEST(ArgumentGrammars, cannot_loop_without_progress) {
  EXPECT_EQ(problems_in_alias(), 0U);
  EXPECT_EQ(problems_in_connmark(), 0U);
  EXPECT_EQ(problems_in_dhcp_boot(), 0U);
  EXPECT_EQ(problems_in_dhcp_host(), 0U);
  EXPECT_EQ(problems_in_dhcp_matching(), 0U);
  EXPECT_EQ(problems_in_dhcp_option(), 0U);
  EXPECT_EQ(problems_in_dhcp_range(), 0U);
  EXPECT_EQ(problems_in_dhcp_value(), 0U);
  EXPECT_EQ(problems_in_dnssec(), 0U);
  EXPECT_EQ(problems_in_domain(), 0U);
  EXPECT_EQ(problems_in_forwarding(), 0U);
  EXPECT_EQ(problems_in_host_record(), 0U);
  EXPECT_EQ(problems_in_pxe(), 0U);
  EXPECT_EQ(problems_in_ra(), 0U);
  EXPECT_EQ(problems_in_records(), 0U);
  EXPECT_EQ(problems_in_server(), 0U);
  EXPECT_EQ(problems_in_sets(), 0U);
  EXPECT_EQ(problems_in_tags(), 0U);
}

}  // namespace
}  // namespace swapmasq::grammar
