#include "grammar/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <initializer_list>
#include <stdlib.h>
#include <string>

namespace swapmasq::grammar {
namespace {

using testing::ElementsAre;

// "name" or "name=argument" per directive up to the first malformed word, then what is wrong.
std::vector<std::string> read(std::initializer_list<const char*> words) {
  std::vector<const char*> argv{"dnsmasq"};
  argv.insert(argv.end(), words);
  const auto command_line = read_command_line(static_cast<int>(argv.size()), argv.data());
  std::vector<std::string> seen;
  for (const auto& directive : command_line.directives) {
    if (!command_line.malformed.empty() && seen.size() == command_line.malformed.front().position) break;
    std::string text{row_of(directive.option).name};
    if (directive.argument) text += "=" + *directive.argument;
    seen.push_back(text);
  }
  if (!command_line.malformed.empty()) {
    seen.emplace_back("malformed");
  } else if (!command_line.junk.empty()) {
    seen.emplace_back("junk");
  }
  return seen;
}

CommandLine words(std::initializer_list<const char*> given) {
  std::vector<const char*> argv{"dnsmasq"};
  argv.insert(argv.end(), given);
  return read_command_line(static_cast<int>(argv.size()), argv.data());
}

TEST(CommandLine, LongAndShortForms) {
  EXPECT_THAT(read({"--port", "5353", "--port=54", "-p55", "-p", "56"}),
              ElementsAre("port=5353", "port=54", "port=55", "port=56"));
  EXPECT_THAT(read({"-p=5353"}), ElementsAre("port==5353"));
  EXPECT_THAT(read({"-kdz"}), ElementsAre("keep-in-foreground", "no-daemon", "bind-interfaces"));
}

TEST(CommandLine, OptionalArgumentsNeedTheEqualsSign) {
  EXPECT_THAT(read({"--log-queries", "extra"}), ElementsAre("log-queries", "junk"));
  EXPECT_THAT(read({"--log-queries=extra"}), ElementsAre("log-queries=extra"));
  EXPECT_THAT(read({"-qextra"}), ElementsAre("log-queries", "selfmx", "pid-file=tra"));
  EXPECT_THAT(read({"-1"}), ElementsAre("enable-dbus"));
  EXPECT_THAT(read({"-u", "me"}), ElementsAre("user=me"));
  EXPECT_THAT(read({"-C"}), ElementsAre("malformed"));
  EXPECT_THAT(read({"--conf-file"}), ElementsAre("conf-file"));
}

TEST(CommandLine, AbbreviationsMustBeUnambiguous) {
  EXPECT_THAT(read({"--tes", "--domain-s=foo"}), ElementsAre("test", "domain=foo"));
  EXPECT_THAT(read({"--dhcp-lease=x", "--domain=d", "--local=/l/", "--dnssec"}),
              ElementsAre("dhcp-leasefile=x", "domain=d", "local=/l/", "dnssec"));
  for (const auto* word : {"--dhcp", "--dhcp-opt=3", "--dhcp-lea=/x", "--nosuch", "--no-daemon=1", "-@", "--port"}) {
    EXPECT_THAT(read({"--test", word}), ElementsAre("test", "malformed")) << word;
  }
}

TEST(CommandLine, StrayWordsAreJunkUnlessBlank) {
  EXPECT_THAT(read({"junk", "--test"}), ElementsAre("test", "junk"));
  EXPECT_THAT(read({"", " \t", "--test"}), ElementsAre("test"));
  EXPECT_THAT(read({"--", "--test"}), ElementsAre("junk"));
}

TEST(CommandLine, PosixlyCorrectStopsAtTheFirstWord) {
  ASSERT_EQ(setenv("POSIXLY_CORRECT", "1", 1), 0);
  EXPECT_THAT(read({" ", "--test"}), ElementsAre("junk"));
  unsetenv("POSIXLY_CORRECT");
  EXPECT_THAT(read({" ", "--test"}), ElementsAre("test"));
}

TEST(CommandLine, ArgumentsAreTakenAsTheyAre) {
  EXPECT_THAT(read({"--txt-record=a,\"b\" # c"}), ElementsAre("txt-record=a,\"b\" # c"));
}

TEST(CommandLine, OptionsOfOurOwnAreWrittenInFull) {
  const auto command_line = words({"--check=json", "--port=5", "--check", "-C", "--check", "--che", "--", "--check"});
  ASSERT_EQ(command_line.own.size(), 2U);
  EXPECT_EQ(command_line.own[0].argument, "json");
  EXPECT_EQ(command_line.own[1].argument, std::nullopt);
  EXPECT_EQ(command_line.directives.size(), 2U);
  ASSERT_EQ(command_line.malformed.size(), 1U);
  EXPECT_EQ(command_line.malformed[0].word, "--che");
  EXPECT_THAT(command_line.junk, ElementsAre("--check"));
}

// An abbreviation means the same option as in dnsmasq, so a name of ours must not be one.
TEST(CommandLine, NoOptionOfOurOwnIsAnAbbreviation) {
  for (const auto& own : own_option_table()) {
    for (const auto& row : option_table()) EXPECT_FALSE(row.name.starts_with(own.name)) << own.name;
  }
}

TEST(CommandLine, EveryMalformedWordIsNamed) {
  const auto command_line = words({"--bogus", "-k", "-d@", "--port=1", "--no-daemon=1", "--user=x", "--port"});
  std::vector<std::string> named;
  for (const auto& [position, word] : command_line.malformed) named.push_back(std::to_string(position) + " " + word);
  EXPECT_THAT(named, ElementsAre("0 --bogus", "2 -@", "3 --no-daemon=1", "4 --port"));
}

}  // namespace
}  // namespace swapmasq::grammar
