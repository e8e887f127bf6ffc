#include "script.hpp"

#include <gtest/gtest.h>

namespace swapmasq::compat {
namespace {

TEST(Script, SplitsStepsIntoWordsAndArguments) {
  const auto steps =
      parse_script("# comment\n\n  dhcp discover mac=02:00:00:00:00:01 broadcast hostname=\"two words\"\n");
  ASSERT_EQ(steps.size(), 1U);
  const Step& step = steps.front();
  EXPECT_EQ(step.line, 3U);
  EXPECT_EQ(step.verb, "dhcp");
  EXPECT_EQ(step.words, (std::vector<std::string>{"discover", "broadcast"}));
  EXPECT_EQ(step.argument("hostname"), "two words");
  EXPECT_FALSE(step.argument("xid"));
  EXPECT_TRUE(step.has_word("broadcast"));
}

TEST(Script, LeavesTheServersOptionsAlone) {
  const auto steps = parse_script("start -k --port=0 log=/tmp/x\n");
  EXPECT_EQ(steps.at(0).words, (std::vector<std::string>{"-k", "--port=0"}));
  EXPECT_EQ(steps.at(0).argument("log"), "/tmp/x");
}

TEST(Script, JoinsContinuedLinesWithOneBlank) {
  const auto steps = parse_script("start -k \\\n    --port=0\nwait 1\n");
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].written, "start -k --port=0");
  EXPECT_EQ(steps[1].line, 3U);
}

TEST(Script, GivesShellCommandsUnparsed) {
  const auto steps = parse_script("sh printf 'a=\"b' >/tmp/x\n");
  EXPECT_EQ(steps.at(0).rest, "printf 'a=\"b' >/tmp/x");
  EXPECT_TRUE(steps.at(0).words.empty());
}

TEST(Script, ReadsNumbersAndTimes) {
  const Step step = parse_script("x a=17 b=0xff c=1.5 d=junk\n").at(0);
  EXPECT_EQ(step.number_or("a", 0), 17U);
  EXPECT_EQ(step.number_or("b", 0), 255U);
  EXPECT_EQ(step.number_or("e", 9), 9U);
  EXPECT_EQ(step.milliseconds_or("c", 0), 1500);
  EXPECT_THROW(step.number_or("d", 0), ScriptError);
}

TEST(Script, NamesTheLineOfAMistake) {
  try {
    parse_script("wait 1\ndns \"open\n");
    FAIL() << "accepted";
  } catch (const ScriptError& error) {
    EXPECT_STREQ(error.what(), "script line 2: quote without end");
  }
}

}  // namespace
}  // namespace swapmasq::compat
