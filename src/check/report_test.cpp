// How findings look, as text and as JSON.
#include <clocale>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "check/characters.hpp"
#include "check/json_report.hpp"
#include "check/nearest.hpp"
#include "check/text_report.hpp"

namespace swapmasq::check {
namespace {

using testing::HasSubstr;

Report report_of(const Place& place) {
  Report report;
  Finding finding;
  finding.severity = Finding::Severity::error;
  finding.rule = "syntax";
  finding.message = "bad option";
  finding.place = place;
  report.add(finding);
  return report;
}

TEST(TextReport, is_in_the_manner_of_a_compiler) {
  Report report;
  Finding finding;
  finding.severity = Finding::Severity::error;
  finding.rule = "syntax";
  finding.message = "bad option";
  finding.place = Place{"/etc/dnsmasq.conf", 12, "  filter-AAA  # x", 2, 12};
  finding.expected = {"this", "that"};
  finding.nearest = "filter-A";
  finding.since = "2.87";
  finding.related.push_back({"first given here", Place{"f", 1, "abc", 3, 3}});
  report.add(finding);
  EXPECT_EQ(text_of(report),
            "/etc/dnsmasq.conf:12:3: error: bad option [syntax]\n"
            "    12 |   filter-AAA  # x\n"
            "       |   ^~~~~~~~~~\n"
            "       = expected this or that\n"
            "       = did you mean \"filter-A\"?\n"
            "       = since dnsmasq 2.87\n"
            "f:1:4: note: first given here\n"
            "     1 | abc\n"
            "       |    ^\n"
            "dnsmasq: configuration check: 1 error, 0 warnings.\n");
  EXPECT_EQ(text_of({}), "dnsmasq: configuration check: 0 errors, 0 warnings.\n");
}

TEST(TextReport, carets_keep_tabs_and_count_characters) {
  EXPECT_THAT(text_of(report_of({"f", 1, "\ta\xc3\xa9=b", 5, 6})), HasSubstr("f:1:5: error"));
  EXPECT_THAT(text_of(report_of({"f", 1, "\ta\xc3\xa9=b", 5, 6})), HasSubstr("\n       | \t   ^\n"));
}

TEST(TextReport, leaves_nothing_that_upsets_a_terminal) {
  const auto text = text_of(report_of({"f", 1,
                                       "a\033[31m\xff\x9b"
                                       "b",
                                       0, 1}));
  EXPECT_THAT(text, HasSubstr("| a?[31m??b\n"));
}

TEST(TextReport, shows_a_window_of_a_long_line) {
  const std::string long_line(1'000'000, 'x');
  const auto text = text_of(report_of({"f", 1, long_line, 500'000, 500'003}));
  EXPECT_LT(text.size(), 600U);
  EXPECT_THAT(text, HasSubstr("^~~\n"));
}

TEST(JsonReport, has_every_field) {
  const auto document = nlohmann::json::parse(json_of(report_of({"f", 3, "ab\xff=c", 4, 5})));
  EXPECT_EQ(document["schema"], 1);
  EXPECT_EQ(document["errors"], 1);
  const auto& finding = document["findings"][0];
  EXPECT_EQ(finding["severity"], "error");
  EXPECT_EQ(finding["file"], "f");
  EXPECT_EQ(finding["line"], 3);
  EXPECT_EQ(finding["column"], 5);
  EXPECT_EQ(finding["end_column"], 6);
  EXPECT_EQ(finding["source"], "ab\xef\xbf\xbd=c");
  EXPECT_EQ(finding["message"], "bad option");
  EXPECT_TRUE(finding["dnsmasq"].is_null());
  EXPECT_TRUE(finding["nearest"].is_null());
  EXPECT_TRUE(finding["related"].empty());
}

TEST(Characters, of_broken_sequences_are_single_octets) {
  EXPECT_EQ(characters_of("\xe2\x82\xac").size(), 1U);
  EXPECT_EQ(characters_of("\xe2\x82").size(), 2U);
  EXPECT_EQ(characters_of("\xc0\x80\xed\xa0\x80\xf5").size(), 6U);
  EXPECT_EQ(column_of("\xe2\x82\xac"
                      "a",
                      3),
            2U);
  EXPECT_EQ(column_of("ab", 2), 3U);
}

TEST(Nearest, is_near_or_nothing) {
  EXPECT_EQ(nearest_option("adress"), "address");
  EXPECT_EQ(nearest_option("DHCP_HOST"), "dhcp-host");
  EXPECT_EQ(nearest_option("dhcp-otpion"), "dhcp-option");
  EXPECT_EQ(nearest_option("quux"), std::nullopt);
  EXPECT_EQ(nearest_option(std::string(100'000, 'a')), std::nullopt);
}

}  // namespace
}  // namespace swapmasq::check
