// Where a refused argument is pointed at, and what is expected there.
#include "grammar/diagnosis.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grammar/arguments/every_parser.hpp"
#include "grammar/lookup.hpp"

namespace swapmasq::grammar {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

class Refused {
 public:
  Refused(std::string_view option, std::string_view argument) : argument_(argument) {
    const auto parsers = every_parser();
    const auto parser = std::ranges::find(parsers, option, &NamedParser::option);
    accepted_ = parser->judge(argument, lookup()).has_value();
  }

  // The argument with the piece that was refused in brackets.
  std::string marked() const {
    if (accepted_) return "accepted";
    const auto span = diagnosis_.span_in(argument_);
    if (!span) return argument_;
    auto text = argument_;
    text.insert(span->end, "]");
    text.insert(span->begin, "[");
    return text;
  }
  const std::vector<std::string>& expected() const { return diagnosis_.expected(); }
  const std::vector<std::string_view>& known_words() const { return diagnosis_.known_words(); }

 private:
  static Lookup lookup() {
    return {.addresses = [](const std::string&) -> Result<std::vector<IpAddress>> {
              return tl::unexpected<std::string>("no such host");
            },
            .interface_index = [](const std::string&) -> std::uint32_t { return 0; }};
  }

  Diagnosis diagnosis_;
  std::string argument_;
  bool accepted_ = false;
};

TEST(Diagnosis, points_at_the_field_that_did_not_fit) {
  const Refused range{"dhcp-range", "10.0.0.1,10.0.0.999,12h"};
  EXPECT_EQ(range.marked(), "10.0.0.1,[10.0.0.999],12h");
  EXPECT_THAT(range.expected(), IsSupersetOf({"an IPv4 address", "\"static\"", "\"proxy\""}));

  EXPECT_EQ((Refused{"dhcp-range", "10.0.0.1,10.0.0.9,12x"}.marked()), "10.0.0.1,10.0.0.9,[12x]");
  EXPECT_EQ((Refused{"dhcp-host", "11:22:33:44:55:66,fred,10.0.0.1,1h,-x"}.marked()),
            "11:22:33:44:55:66,fred,10.0.0.1,1h,[-x]");
  EXPECT_EQ((Refused{"dhcp-host", "fred,10.0.0.1,joe"}.marked()), "fred,10.0.0.1,[joe]");
  EXPECT_EQ((Refused{"dhcp-host", "11:22:zz,fred"}.marked()), "[11:22:zz],fred");
  EXPECT_EQ((Refused{"server", "/a.b/1.2.3.4#99999"}.marked()), "/a.b/1.2.3.4#[99999]");
  EXPECT_EQ((Refused{"server", "/a.b/nosuch"}.marked()), "/a.b/[nosuch]");
  EXPECT_EQ((Refused{"server", "/nosuch/nosuch"}.marked()), "/nosuch/[nosuch]");
  EXPECT_EQ((Refused{"rev-server", "1.2.3/24,1.2.3.4"}.marked()), "[1.2.3]/24,1.2.3.4");
  EXPECT_EQ((Refused{"address", "/a.b/1.2.3"}.marked()), "/a.b/[1.2.3]");
  EXPECT_EQ((Refused{"dhcp-mac", "set:red, zz:zz"}.marked()), "set:red, [zz:zz]");
  EXPECT_EQ((Refused{"srv-host", "a,b,http"}.marked()), "a,b,[http]");
  EXPECT_EQ((Refused{"dhcp-option", "3,1.2.3.999"}.marked()), "3,[1.2.3.999]");
}

TEST(Diagnosis, knows_the_words_of_a_place) {
  const Refused option{"dhcp-option", "tag:a,option:ruter,1.2.3.4"};
  EXPECT_EQ(option.marked(), "tag:a,option:[ruter],1.2.3.4");
  EXPECT_THAT(option.known_words(), testing::Contains("router"));

  const Refused service{"pxe-service", "x86-PC,Text,file"};
  EXPECT_EQ(service.marked(), "[x86-PC],Text,file");
  EXPECT_THAT(service.known_words(), testing::Contains("x86PC"));

  EXPECT_THAT((Refused{"log-facility", "deamon"}.known_words()), testing::Contains("daemon"));
}

TEST(Diagnosis, of_something_missing_is_empty) {
  const Refused cname{"dhcp-mac", "set:a"};
  EXPECT_EQ(cname.marked(), "set:a[]");
  EXPECT_THAT(cname.expected(), ElementsAre("a comma"));
}

TEST(Diagnosis, says_nothing_about_what_fits_together_only_in_part) {
  const Refused range{"dhcp-range", "10.0.0.1,10.1.0.9,255.255.255.0"};
  EXPECT_EQ(range.marked(), "10.0.0.1,10.1.0.9,255.255.255.0");
  EXPECT_THAT(range.expected(), IsEmpty());
}

TEST(Diagnosis, of_an_unquoted_copy_points_into_the_argument) {
  EXPECT_EQ((Refused{"server",
                     "/a\x1f"
                     "b/1.2.3.4#x"}
                 .marked()),
            "/a\x1f"
            "b/1.2.3.4#[x]");
}

}  // namespace
}  // namespace swapmasq::grammar
