#include "grammar/arguments/domain.hpp"

#include <gtest/gtest.h>

namespace swapmasq::grammar {
namespace {

TEST(Domain, is_the_default_or_that_of_a_range) {
  EXPECT_EQ(parse_domain("Example.COM").value().name, "example.com");
  EXPECT_FALSE(parse_domain("foo").value().conditional);
  EXPECT_TRUE(parse_domain("#").value().from_resolv_conf);
  const auto range = parse_domain("foo,10.0.0.77/24").value().conditional;
  ASSERT_TRUE(range);
  EXPECT_EQ(range->name, "foo");
  EXPECT_EQ(range->first.to_string(), "10.0.0.0");
  EXPECT_EQ(range->last.to_string(), "10.0.0.255");
}

TEST(Domain, can_be_that_of_an_interface) {
  const auto range = parse_domain("foo,eth0").value().conditional;
  ASSERT_TRUE(range);
  EXPECT_EQ(range->interface, "eth0");
}

TEST(Domain, makes_its_zones_local_when_asked) {
  const auto rules = parse_domain("foo,10.0.0.0/24,local").value().local_rules;
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0].pattern.name, "0.0.10.in-addr.arpa");
  EXPECT_EQ(rules[1].pattern.name, "foo");
  EXPECT_EQ(rules[1].action, settings::DomainRule::Action::local_only);
  EXPECT_TRUE(parse_domain("foo,10.0.0.1,10.0.0.9,local").value().local_rules.empty());
}

TEST(SynthDomain, makes_names_of_addresses_or_counts_them) {
  const auto dashed = parse_synth_domain("foo,10.0.0.1,10.0.0.9,host-").value();
  EXPECT_EQ(dashed.prefix, "host-");
  EXPECT_FALSE(dashed.counted);
  const auto counted = parse_synth_domain("foo,10.0.0.0/24,i-*").value();
  EXPECT_EQ(counted.prefix, "i-");
  EXPECT_TRUE(counted.counted);
}

}  // namespace
}  // namespace swapmasq::grammar
