#include "grammar/arguments/dhcp_range.hpp"

#include <gtest/gtest.h>

namespace swapmasq::grammar {
namespace {

using settings::DhcpRange;
using settings::DhcpRange6;

DhcpRange range4(std::string_view argument) { return std::get<DhcpRange>(parse_dhcp_range(argument).value()); }
DhcpRange6 range6(std::string_view argument) { return std::get<DhcpRange6>(parse_dhcp_range(argument).value()); }

TEST(DhcpRange, keeps_every_field_of_an_ipv4_pool) {
  const auto range = range4("tag:!red,net:blue,set:green,10.0.0.9,10.0.0.5,255.255.255.0,10.0.0.255,12h");
  EXPECT_EQ(range.kind, DhcpRange::Kind::dynamic);
  EXPECT_EQ(range.start.to_string(), "10.0.0.5");
  EXPECT_EQ(range.end.to_string(), "10.0.0.9");
  EXPECT_EQ(range.netmask->to_string(), "255.255.255.0");
  EXPECT_EQ(range.broadcast->to_string(), "10.0.0.255");
  EXPECT_EQ(range.lease, 12U * 3600);
  EXPECT_EQ(range.set_tag, "green");
  EXPECT_EQ(range.filters, (settings::TagTests{{"red", true}, {"blue", false}}));
}

TEST(DhcpRange, has_defaults) {
  const auto range = range4("10.0.0.5,10.0.0.9");
  EXPECT_EQ(range.lease, settings::default_lease);
  EXPECT_FALSE(range.netmask);
  EXPECT_TRUE(range.set_tag.empty());
  EXPECT_EQ(range6("fd00::5,fd00::9").lease, DhcpRange6::default_lease6);
  EXPECT_EQ(range6("fd00::5,fd00::9").prefix_length, 64);
}

TEST(DhcpRange, static_and_proxy_have_no_second_address) {
  EXPECT_EQ(range4("10.0.0.5,static").kind, DhcpRange::Kind::static_only);
  EXPECT_EQ(range4("10.0.0.5,static").end, range4("10.0.0.5,static").start);
  EXPECT_EQ(range4("10.0.0.0,proxy,255.255.255.0").kind, DhcpRange::Kind::proxy);
}

TEST(DhcpRange, reads_lease_times) {
  EXPECT_EQ(range4("10.0.0.5,10.0.0.9,infinite").lease, settings::infinite_lease);
  EXPECT_EQ(range4("10.0.0.5,10.0.0.9,1W").lease, 604800U);
  EXPECT_EQ(range4("10.0.0.5,10.0.0.9,24").lease, 120U);
  EXPECT_EQ(range4("10.0.0.5,10.0.0.9,h").lease, 120U);
  EXPECT_EQ(range6("fd00::2,fd00::500,129").lease, 129U);
  EXPECT_EQ(range6("fd00::2,fd00::500,64,60").lease, 120U);
}

TEST(DhcpRange, takes_a_bare_word_as_its_tag) {
  EXPECT_EQ(range4("eth0,10.0.0.5,10.0.0.9").set_tag, "eth0");
  EXPECT_TRUE(range4("tag:,10.0.0.5,10.0.0.9").filters.empty());
}

TEST(DhcpRange, knows_the_words_of_ipv6) {
  const auto range = range6("::1,::ff,constructor:eth*,ra-names,slaac,12h");
  EXPECT_TRUE(range.dynamic);
  EXPECT_EQ(range.constructor, "eth*");
  EXPECT_TRUE(range.ra_names);
  EXPECT_TRUE(range.slaac);
  EXPECT_FALSE(range.ra_only);
  EXPECT_EQ(range.lease, 12U * 3600);
  EXPECT_TRUE(range6("fd00::,ra-only,deprecated").deprecated);
  EXPECT_FALSE(range6("fd00::,static").dynamic);
}

}  // namespace
}  // namespace swapmasq::grammar
