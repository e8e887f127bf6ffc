#include "grammar/quoting.hpp"

#include <gtest/gtest.h>

namespace swapmasq::grammar {
namespace {

std::string protected_text(std::string_view text) {
  std::string encoded;
  for (const char c : text) encoded.push_back(protect(c));
  return encoded;
}

TEST(Quoting, HidesWhatSplitsFieldsOrLooksLikeANumber) {
  const std::string_view hidden = "0123456789abcdefABCDEF:,. ";
  for (const char c : protected_text(hidden)) EXPECT_LT(c, ' ');
  EXPECT_EQ(unquote(protected_text(hidden)), hidden);
}

TEST(Quoting, LeavesEverythingElse) {
  const std::string_view plain = "/#@=-*!%[]+_ghijklmnopqrstuvwxyzGXYZ\t\n\x1b\b\r\xff";
  EXPECT_EQ(protected_text(plain), plain);
  EXPECT_EQ(unquote(plain), plain);
}

TEST(Quoting, DecodesRawControlOctetsToo) { EXPECT_EQ(unquote("\x01\x02\x1e\x1f"), "12,."); }

TEST(Trim, TakesOuterSpacesOnly) {
  EXPECT_EQ(trim("  a b "), "a b");
  EXPECT_EQ(trim("\ta "), "\ta");
  EXPECT_EQ(trim("   "), "");
  const auto quoted_space = protected_text(" ");
  EXPECT_EQ(trim(quoted_space + " "), quoted_space);
}

}  // namespace
}  // namespace swapmasq::grammar
