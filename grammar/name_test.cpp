#include "grammar/name.hpp"

#include <clocale>
#include <gtest/gtest.h>
#include <string>

namespace swapmasq::grammar {
namespace {

class Names : public testing::Test {
 protected:
  void SetUp() override { ASSERT_NE(std::setlocale(LC_ALL, "C.UTF-8"), nullptr); }
  void TearDown() override { std::setlocale(LC_ALL, "C"); }
};

TEST_F(Names, lose_one_trailing_dot) {
  EXPECT_EQ(canonical_name("a.b."), "a.b");
  EXPECT_EQ(canonical_name("."), "");
  EXPECT_EQ(canonical_name(""), "");
}

TEST_F(Names, are_folded_to_lower_case_and_to_ascii) {
  EXPECT_EQ(canonical_name("A.Example.COM"), "a.example.com");
  EXPECT_EQ(canonical_name("b\xc3\xbc"
                           "cher.example"),
            "xn--bcher-kva.example");
  EXPECT_EQ(canonical_name("_A._tcp"), "_a._tcp");
}

TEST_F(Names, obey_stricter_rules_only_when_they_are_converted) {
  for (const auto* name : {"-a", "a-", "ab--cd", "a b", "a$b", "a*", "*.a", "a..b", ".a"})
    EXPECT_EQ(canonical_name(name), name);
  for (const auto* name : {"A B", "A*", "*.A", "A$b", "A..B"}) EXPECT_TRUE(canonical_name(name)) << name;
  for (const auto* name : {"-A", "A-", "AB--cd", "XN--zz"}) EXPECT_FALSE(canonical_name(name)) << name;
}

TEST_F(Names, have_limits) {
  const std::string label(63, 'a');
  EXPECT_TRUE(canonical_name(label));
  EXPECT_FALSE(canonical_name(label + 'a'));
  const std::string three = label + '.' + label + '.' + label + '.';
  EXPECT_TRUE(canonical_name(three + std::string(61, 'a')));
  EXPECT_FALSE(canonical_name(three + std::string(62, 'a')));
}

TEST_F(Names, have_no_control_characters_and_are_not_only_spaces) {
  EXPECT_FALSE(canonical_name("a\tb"));
  EXPECT_FALSE(canonical_name("  "));
  EXPECT_FALSE(canonical_name("\xff"));
}

TEST_F(Names, of_hosts_begin_with_a_letter_or_digit_in_their_first_label) {
  for (const auto* name : {"fred", "fred_x", "1-2", "fred.-bar", "192.168.0.500"})
    EXPECT_EQ(canonical_host_name(name), name);
  for (const auto* name : {"", "-fred", "_fred", "fr ed", "fred$", "*"})
    EXPECT_FALSE(canonical_host_name(name)) << name;
}

TEST(NamesInTheCLocale, cannot_have_other_octets) {
  ASSERT_NE(std::setlocale(LC_ALL, "C"), nullptr);
  EXPECT_FALSE(
      canonical_name("b\xc3\xbc"
                     "cher"));
}

}  // namespace
}  // namespace swapmasq::grammar
