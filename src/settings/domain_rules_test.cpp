#include "settings/domain_rules.hpp"

#include <gtest/gtest.h>

namespace swapmasq::settings {
namespace {

DomainRule blocking(std::string name, Ipv4 address) {
  DomainRule rule;
  rule.pattern = {DomainPattern::Kind::subdomains, std::move(name)};
  rule.action = DomainRule::Action::literal;
  rule.address = address;
  return rule;
}

TEST(DomainRules, GiveBackWhatWasAdded) {
  DomainRules rules;
  EXPECT_TRUE(rules.empty());
  std::vector<DomainRule> added;
  for (std::uint32_t i = 0; i < 100; ++i) {
    // Runs of equal sayings, and some that come back after many others.
    added.push_back(blocking("name" + std::to_string(i), Ipv4{i < 50 ? i / 10 : i % 20}));
    if (i % 7 == 0) added.back().pattern = {DomainPattern::Kind::suffix, ""};
    rules.push_back(added.back());
  }
  ASSERT_EQ(rules.size(), added.size());
  for (std::size_t i = 0; i < added.size(); ++i) {
    EXPECT_EQ(rules.rule(i), added[i]) << i;
    EXPECT_EQ(rules[i].name, added[i].pattern.name);
    EXPECT_EQ(rules[i].kind, added[i].pattern.kind);
  }
}

TEST(DomainRules, SayWhetherAnyLineSaysIt) {
  DomainRules rules;
  rules.push_back(blocking("a", Ipv4{1}));
  const auto is = [](DomainRule::Action action) {
    return [action](const DomainRule& rule) { return rule.action == action; };
  };
  EXPECT_TRUE(rules.any_says(is(DomainRule::Action::literal)));
  EXPECT_FALSE(rules.any_says(is(DomainRule::Action::forward)));
}

}  // namespace
}  // namespace swapmasq::settings
