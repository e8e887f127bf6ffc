#include "grammar/option_table.hpp"

#include <gtest/gtest.h>
#include <set>

namespace swapmasq::grammar {
namespace {

TEST(OptionTable, FindsEveryRowByItsExactName) {
  for (const auto& row : option_table()) {
    ASSERT_EQ(find_option(row.name), &row) << row.name;
    EXPECT_EQ(&row_of(row.option), &row);
  }
  for (const auto* name : {"", "por", "ports", "Port", "zzz", "--port"}) EXPECT_EQ(find_option(name), nullptr) << name;
}

TEST(OptionTable, AliasesShareLetterAndRepeatRule) {
  for (const auto& row : option_table()) {
    const auto& canonical = row_of(row.canonical);
    EXPECT_FALSE(canonical.alias()) << row.name;
    EXPECT_EQ(row.letter, canonical.letter) << row.name;
    EXPECT_EQ(row.repeat, canonical.repeat) << row.name;
    EXPECT_EQ(row.support, canonical.support) << row.name;
  }
  EXPECT_EQ(find_option("dhcp-lease")->canonical, Option::dhcp_leasefile);
  EXPECT_EQ(find_option("domain-suffix")->canonical, Option::domain);
}

TEST(OptionTable, LettersAreUnique) {
  std::set<char> letters;
  for (const auto& row : option_table()) {
    if (row.letter == no_letter || row.alias()) continue;
    EXPECT_TRUE(letters.insert(row.letter).second) << row.name;
  }
  EXPECT_EQ(letters.size(), 62U);
}

TEST(OptionTable, EveryRowExplainsItself) {
  for (const auto& row : option_table()) {
    EXPECT_FALSE(row.help.empty()) << row.name;
    EXPECT_TRUE(row.help.ends_with('.')) << row.name;
    EXPECT_TRUE(row.argument != ArgumentKind::none || row.argument_text.empty()) << row.name;
  }
}

TEST(OptionTable, RefusesWhatTheBuildLacks) {
  EXPECT_EQ(refusal(row_of(Option::port)), std::nullopt);
  EXPECT_EQ(refusal(row_of(Option::ipset)), std::nullopt);
  const auto& lua = row_of(Option::dhcp_luascript);
  if (lua.support == Support::no_lua) {
    EXPECT_EQ(refusal(lua), "recompile with HAVE_LUASCRIPT defined to enable Lua scripts");
  } else {
    EXPECT_EQ(refusal(lua), std::nullopt);
  }
}

}  // namespace
}  // namespace swapmasq::grammar
