#include "grammar/quoting.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace swapmasq::grammar {
namespace {

using testing::ElementsAre;

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

TEST(Cut, DropsSpacesAtTheSeparatorOnly) {
  const auto cut = cut_at(" a b , c , d ", ',');
  EXPECT_EQ(cut.head, " a b");
  EXPECT_EQ(cut.tail, "c , d ");
  EXPECT_EQ(cut_at("abc", ',').tail, std::nullopt);
  EXPECT_EQ(cut_at("abc,", ',').tail, "");
  EXPECT_EQ(cut_at_last("a/b / c", '/').head, "a/b");
}

TEST(SplitList, KeepsEmptyFields) {
  EXPECT_THAT(split_list("a , b,,c"), ElementsAre("a", "b", "", "c"));
  EXPECT_THAT(split_list(""), ElementsAre(""));
  EXPECT_THAT(split_list(protected_text("a,b") + ",c"), ElementsAre(protected_text("a,b"), "c"));
}

}  // namespace
}  // namespace swapmasq::grammar
