#include "grammar/arguments/dhcp_option.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <string>

#include "grammar/arguments/raw_argument.hpp"

namespace swapmasq::grammar {
namespace {

using settings::DhcpMatch;
using settings::DhcpOption;

DhcpOption option(std::string_view raw) {
  const auto parsed = parse_dhcp_option(raw_argument(raw));
  EXPECT_TRUE(parsed) << raw;
  return parsed.value_or(DhcpOption{});
}

std::string hex(ByteView octets) {
  std::string digits = to_hex(octets);
  std::erase(digits, ':');
  return digits;
}

TEST(DhcpOption, has_the_octets_that_dnsmasq_sends) {
  std::ifstream file{SWAPMASQ_CASES "/encodings/dhcp-option.cases"};
  int cases = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    ++cases;
    const auto tab = line.find('\t');
    EXPECT_EQ(hex(option(line.substr(tab + 1)).data), line.substr(0, tab)) << line;
  }
  EXPECT_GT(cases, 100);
}

TEST(DhcpOption, collects_every_qualifier_as_a_tag_condition) {
  const auto parsed = option("red,set:blue,net:x,tag:!green,3,1.2.3.4");
  EXPECT_EQ(parsed.filters, (settings::TagTests{{"red", false}, {"blue", false}, {"x", false}, {"green", true}}));
  EXPECT_EQ(parsed.code, 3U);
  EXPECT_EQ(parsed.encoding, DhcpOption::Encoding::addresses);
}

TEST(DhcpOption, knows_where_it_is_encapsulated) {
  EXPECT_EQ(option("vendor:PXEClient,1,0.0.0.0").scope, DhcpOption::Scope::vendor);
  EXPECT_EQ(option("vendor:PXEClient,1,0.0.0.0").vendor_class, "PXEClient");
  EXPECT_EQ(option("encap:175,190,user").scope, DhcpOption::Scope::encapsulated);
  EXPECT_EQ(option("encap:175,190,user").encapsulating, 175U);
  EXPECT_EQ(option("vi-encap:1234,5,foo").scope, DhcpOption::Scope::vendor_identifying);
  EXPECT_EQ(option("vi-encap:1234,5,foo").encapsulating, 1234U);
  EXPECT_EQ(option("3").scope, DhcpOption::Scope::plain);
}

TEST(DhcpOption, declares_types_by_number_only_outside_encapsulations) {
  EXPECT_EQ(option("26,1500").data.size(), 2U);
  EXPECT_EQ(option("encap:175,35,5").data.size(), 1U);
  EXPECT_EQ(option("encap:175,option:arp-timeout,5").data.size(), 4U);
}

TEST(DhcpOption, without_a_value_is_empty_plain_bytes) {
  EXPECT_TRUE(option("3").data.empty());
  EXPECT_TRUE(option("59,").data.empty());
}

TEST(DhcpOption, marks_texts_which_the_engine_may_terminate) {
  EXPECT_EQ(option("12,foo").encoding, DhcpOption::Encoding::text);
  EXPECT_EQ(option("200,1").encoding, DhcpOption::Encoding::bytes);
  EXPECT_EQ(option("121,1.2.3.0/24,5.6.7.8").encoding, DhcpOption::Encoding::bytes);
}

TEST(DhcpOption, encodes_dhcp6_values) {
  EXPECT_EQ(to_hex(option("option6:bootfile-param,a,\"b,c\"").data), "00:01:61:00:03:62:2c:63");
  EXPECT_EQ(to_hex(option("option6:domain-search,foo.com").data), "03:66:6f:6f:03:63:6f:6d:00");
  EXPECT_EQ(to_hex(option("option6:ntp-server,a.b").data), "00:03:00:05:01:61:01:62:00");
  EXPECT_EQ(option("option6:dns-server,[fd00::1],fd00::2").data.size(), 32U);
  EXPECT_TRUE(option("option6:23,[::]").dhcp6);
}

TEST(DhcpMatch, compares_by_the_form_of_its_value) {
  const auto comparison = [](std::string_view raw) { return parse_dhcp_match(raw_argument(raw)).value().comparison; };
  EXPECT_EQ(comparison("set:a,93"), DhcpMatch::Comparison::presence);
  EXPECT_EQ(comparison("set:a,93,7"), DhcpMatch::Comparison::elements);
  EXPECT_EQ(comparison("set:a,60,PXEClient"), DhcpMatch::Comparison::substring);
  EXPECT_EQ(comparison("set:a,61,01:*:03"), DhcpMatch::Comparison::prefix);
}

TEST(DhcpMatch, keeps_wildcard_octets) {
  const auto match = parse_dhcp_match("set:a,61,01:*:03");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->set_tag, "a");
  EXPECT_EQ(match->value, (std::vector<std::optional<std::uint8_t>>{1, std::nullopt, 3}));
}

}  // namespace
}  // namespace swapmasq::grammar
