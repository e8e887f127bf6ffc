#include "grammar/line.hpp"

#include <array>
#include <gtest/gtest.h>
#include <string>
#include <utility>

#include "grammar/arguments/split.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::grammar {
namespace {

using namespace std::string_literals;

// The argument as an option without fields would store it.
std::string argument_of(const std::string& line) {
  const auto directive = read_line(line);
  if (!directive) return "error: " + directive.error();
  if (!*directive) return "no option";
  return (*directive)->argument ? unquote(*(*directive)->argument) : "no argument";
}

TEST(Line, SpacesAroundTheEqualsSignGo) {
  for (const auto* line :
       {"port=5353", "port = 5353", "port =5353", "port= 5353", "\t port=5353 \r", "port\f=\v5353"}) {
    EXPECT_EQ(argument_of(line), "5353") << line;
  }
  EXPECT_EQ(argument_of("port="), "");
  EXPECT_EQ(argument_of("port==\"53\""), "=53");
}

TEST(Line, WithoutContentIsNothing) {
  for (const auto* line : {"", "   ", "# port=53", "  #", "\t# x", "\r"})
    EXPECT_EQ(argument_of(line), "no option") << line;
  EXPECT_EQ(argument_of("\0port=53"s), "no option");
}

TEST(Line, KeywordIsAnExactLongName) {
  for (const auto* line : {"NO-HOSTS", "--no-hosts", "no-host", "-p 53", "p=53", "=53", "=", "===", "foo", "foo=bar",
                           "no-hosts 1", "no-hosts#c", "\"server\"=1.2.3.4", "\xef\xbb\xbfport=53"}) {
    EXPECT_EQ(argument_of(line), "error: bad option") << line;
  }
  EXPECT_EQ(argument_of("\"no-hosts\""), "no argument");
  EXPECT_EQ(argument_of("\"port\"=53"), "53");
  EXPECT_EQ(read_line("dhcp-lease=/x").value()->option, Option::dhcp_leasefile);
}

TEST(Line, ArgumentPresence) {
  EXPECT_EQ(argument_of("port"), "error: missing parameter");
  EXPECT_EQ(argument_of("no-hosts="), "error: extraneous parameter");
  EXPECT_EQ(argument_of("user"), "no argument");
  EXPECT_EQ(argument_of("user="), "");
  EXPECT_EQ(argument_of("dhcp-lease"), "error: missing parameter");
}

TEST(Line, CommentsFollowWhiteSpace) {
  EXPECT_EQ(argument_of("port=53 #c"), "53");
  EXPECT_EQ(argument_of("port=53#c"), "53#c");
  EXPECT_EQ(argument_of("txt-record=t,a#b"), "t,a#b");
  EXPECT_EQ(argument_of("txt-record=x, \"end\"#c"), "x, end");
  EXPECT_EQ(argument_of("txt-record=x,\"end\"#c"), "x,end#c");
  EXPECT_EQ(argument_of("txt-record=x,\" #no \" # yes"), "x, #no ");
}

TEST(Line, QuotesAndEscapes) {
  const std::array<std::pair<const char*, const char*>, 9> cases{{
      {R"(txt-record=t,abc"def"ghi)", "t,abcdefghi"},
      {R"(txt-record=t,"tab\there \\ \"q\" \n \e \b \r \x \101")", "t,tab\there \\ \"q\" \n \x1b \b \r \\x \\101"},
      {R"(txt-record=t,'single')", "t,'single'"},
      {"txt-record=t,a\tb", "t,a b"},
      {R"(txt-record=t,"a" "b")", "t,a b"},
      {R"(txt-record=t,"b"c"d")", "t,bcd"},
      {R"(txt-record=t,  two  spaces  )", "t,  two  spaces"},
      {R"(txt-record=t,"  two  ")", "t,  two  "},
      {R"(txt-record=a,b\)", "a,b\\"},
  }};
  for (const auto& [line, argument] : cases) EXPECT_EQ(argument_of(line), argument) << line;
}

TEST(Line, QuotesMustClose) {
  for (const auto* line :
       {R"(txt-record=a,"b)", R"("b""c")", R"(txt-record=a,"b""c")", R"(foo=")", R"(txt-record=a,"b\")"}) {
    EXPECT_EQ(argument_of(line), "error: missing \"") << line;
  }
}

TEST(Line, QuotedSeparatorsAreHidden) {
  const auto directive = read_line(R"(txt-record=t,"a,b",c)").value();
  ASSERT_TRUE(directive && directive->argument);
  EXPECT_EQ(split_at(*directive->argument, ',').size(), 3U);
}

}  // namespace
}  // namespace swapmasq::grammar
