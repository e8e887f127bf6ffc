#include "dhcp/tags.hpp"

#include <gtest/gtest.h>

namespace swapmasq::dhcp {
namespace {

TEST(TagSet, ListsNewestFirstAndKeepsTheOldestOfDuplicates) {
  TagSet tags;
  for (const auto* tag : {"eth0", "known", "eth0", "", "red"}) tags.add(tag);
  EXPECT_EQ(tags.listed(), "red, known, eth0");
  tags.add_line({"first", "second"});
  EXPECT_EQ(tags.listed(), "first, second, red, known, eth0");
}

TEST(TagSet, MatchesAllTests) {
  TagSet tags;
  tags.add("red");
  EXPECT_TRUE(tags.matches({}));
  EXPECT_TRUE(tags.matches({{"red", false}, {"blue", true}}));
  EXPECT_FALSE(tags.matches({{"red", false}, {"blue", false}}));
  EXPECT_FALSE(tags.matches({{"red", true}}));
  EXPECT_FALSE(tags.matches({{"Red", false}})) << "case-sensitive";
}

TEST(TagSet, TagIfSeesWhatEarlierLinesSetAndPrefixes) {
  TagSet tags;
  tags.add("eth0");
  const auto all = tags.with({{{"late"}, {{"one", false}}},
                              {{"one", "two"}, {{"eth*", false}}},
                              {{"three"}, {{"one", false}}},
                              {{"never"}, {{"eth*", true}}},
                              {{"always"}, {}}});
  EXPECT_EQ(all.listed(), "always, three, one, two, eth0");
}

TEST(TagLines, WithoutTagsApplyWhereTheOptionSaysSo) {
  TagSet tags;
  tags.add("red");
  EXPECT_TRUE(any_applies({{}}, tags, Untagged::applies));
  EXPECT_FALSE(any_applies({{}}, tags, Untagged::never));
  EXPECT_FALSE(any_applies({}, tags, Untagged::applies));
  EXPECT_TRUE(any_applies({{{"blue", false}}, {{"red", false}}}, tags, Untagged::never));
}

TEST(TagLines, LastFittingPrefersLinesWithTests) {
  using settings::DhcpReplyDelay;
  TagSet tags;
  tags.add("red");
  const DhcpReplyDelay first{{}, 1}, second{{}, 2}, red{{{"red", false}}, 3}, again{{{"red", false}}, 4};
  const DhcpReplyDelay blue{{{"blue", false}}, 5};
  const auto seconds = [&](const std::vector<DhcpReplyDelay>& lines) { return last_fitting(lines, tags)->seconds; };
  EXPECT_EQ(seconds({red, again, first, second, blue}), 4U);
  EXPECT_EQ(seconds({first, second, blue}), 2U);
  EXPECT_EQ(last_fitting(std::vector{blue}, tags), nullptr);
}

}  // namespace
}  // namespace swapmasq::dhcp
