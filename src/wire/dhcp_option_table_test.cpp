#include "wire/dhcp_option_table.hpp"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>

namespace swapmasq::wire {
namespace {

TEST(DhcpOptionTable, is_in_ascending_order_as_the_search_needs) {
  for (const auto table : {dhcp4_options(), dhcp6_options()})
    EXPECT_EQ(std::ranges::adjacent_find(table, std::ranges::greater_equal{}, &DhcpOptionInfo::number), table.end());
}

TEST(DhcpOptionTable, finds_rows_by_number_and_by_name_in_any_case) {
  ASSERT_NE(dhcp4_option(26), nullptr);
  EXPECT_EQ(dhcp4_option(26)->name, "mtu");
  EXPECT_EQ(dhcp4_option(26)->width(), 2U);
  EXPECT_EQ(dhcp4_option("ROUTER"), dhcp4_option(3));
  EXPECT_EQ(dhcp6_option("Dns-Server"), dhcp6_option(23));
}

TEST(DhcpOptionTable, answers_nothing_for_what_it_does_not_know) {
  EXPECT_EQ(dhcp4_option(200), nullptr);
  EXPECT_EQ(dhcp4_option(256 + 3), nullptr);
  EXPECT_EQ(dhcp4_option("nosuch"), nullptr);
  EXPECT_EQ(dhcp4_option(""), nullptr);
}

TEST(DhcpOptionTable, marks_the_options_that_the_server_owns_as_internal) {
  EXPECT_TRUE(dhcp4_option(53)->internal());
  EXPECT_FALSE(dhcp4_option(3)->internal());
}

}  // namespace
}  // namespace swapmasq::wire
