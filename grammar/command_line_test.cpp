#include "grammar/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <initializer_list>
#include <string>

namespace swapmasq::grammar {
namespace {

using testing::ElementsAre;
using End = CommandLine::End;

// "name" or "name=argument" per directive, then what ended it unless that is the end of the words.
std::vector<std::string> read(std::initializer_list<const char*> words) {
  std::vector<const char*> argv{"dnsmasq"};
  argv.insert(argv.end(), words);
  const auto command_line = read_command_line(static_cast<int>(argv.size()), argv.data());
  std::vector<std::string> seen;
  for (const auto& directive : command_line.directives) {
    std::string text{row_of(directive.option).name};
    if (directive.argument) text += "=" + *directive.argument;
    seen.push_back(text);
  }
  if (command_line.end == End::malformed) seen.emplace_back("malformed");
  if (command_line.end == End::junk) seen.emplace_back("junk");
  return seen;
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

}  // namespace
}  // namespace swapmasq::grammar
