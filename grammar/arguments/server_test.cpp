#include "grammar/arguments/server.hpp"

#include <gtest/gtest.h>

namespace swapmasq::grammar {
namespace {

using settings::DomainPattern;
using settings::DomainRule;
using Action = DomainRule::Action;
using Kind = DomainPattern::Kind;
using Rules = std::vector<DomainRule>;

Lookup machine() {
  return {.addresses = [](const std::string&) -> Result<std::vector<IpAddress>> {
            return std::vector<IpAddress>{*IpAddress::parse("192.0.2.1"), *IpAddress::parse("2001:db8::1")};
          },
          .interface_index = [](const std::string& name) -> std::uint32_t { return name == "eth0" ? 7 : 0; }};
}

Rules server(std::string_view argument) { return parse_server(argument, machine()).value(); }
DomainPattern pattern(std::string_view argument) { return server(argument).at(0).pattern; }

TEST(Server, forwards_every_name_to_one_server) {
  const auto rules = server("192.0.2.9#5353@lo@192.0.2.8#99");
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0].action, Action::forward);
  EXPECT_EQ(rules[0].pattern, DomainPattern{});
  EXPECT_EQ(rules[0].server.address.to_string(), "192.0.2.9");
  EXPECT_EQ(rules[0].server.port, 5353);
  EXPECT_EQ(rules[0].source_interface, "lo");
  EXPECT_EQ(rules[0].source_address->to_string(), "192.0.2.8");
  EXPECT_EQ(rules[0].source_port, 99);
}

TEST(Server, has_one_rule_per_domain_and_address) {
  EXPECT_EQ(server("/a/b/192.0.2.9").size(), 2U);
  EXPECT_EQ(server("/a/b/name").size(), 4U);
  EXPECT_EQ(server("name@192.0.2.8").size(), 1U);
}

TEST(Server, reads_domain_patterns) {
  EXPECT_EQ(pattern("/..Dots./1.2.3.4"), (DomainPattern{Kind::subdomains, "dots"}));
  EXPECT_EQ(pattern("/*dom/1.2.3.4"), (DomainPattern{Kind::suffix, "dom"}));
  EXPECT_EQ(pattern("/*.dom/1.2.3.4"), (DomainPattern{Kind::suffix, ".dom"}));
  EXPECT_EQ(pattern("//1.2.3.4"), (DomainPattern{Kind::unqualified, ""}));
  for (const auto* every : {"/#/1.2.3.4", "/*/1.2.3.4", "/./1.2.3.4", "/1.2.3.4"})
    EXPECT_EQ(pattern(every), DomainPattern{}) << every;
}

TEST(Server, without_a_target_keeps_names_local) {
  for (const auto* local : {"", "/", "//", "/dom/"}) EXPECT_EQ(server(local).at(0).action, Action::local_only) << local;
  EXPECT_EQ(server("/dom/#").at(0).action, Action::standard_servers);
}

TEST(Server, knows_the_interface_of_a_link_local_address) {
  const auto rules = server("fe80::1%eth0#54");
  EXPECT_EQ(rules.at(0).server.scope_id, 7U);
  EXPECT_EQ(rules.at(0).server.port, 54);
}

TEST(Server, cuts_interface_names_as_the_kernel_does) {
  EXPECT_EQ(server("1.2.3.4@averyveryverylongname").at(0).source_interface, "averyveryverylo");
}

TEST(Address, is_a_literal_or_zeros_or_nothing) {
  const auto rules = parse_address("/a/b/2001:db8::5").value();
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[1].action, Action::literal);
  EXPECT_EQ(rules[1].address.to_string(), "2001:db8::5");
  EXPECT_EQ(parse_address("/a/#").value().at(0).action, Action::zeros);
  EXPECT_EQ(parse_address("/a/").value().at(0).action, Action::local_only);
}

TEST(Address, plain_lines_say_the_same_in_the_short_way) {
  for (const auto* argument : {"/a/0.0.0.0", "/ads.example.com/0.0.0.0", "/x_y-z.a/1.2.3.4", "/a..b/1.2.3.4"}) {
    settings::DomainRules rules;
    ASSERT_TRUE(append_plain_address(argument, rules)) << argument;
    ASSERT_EQ(rules.size(), 1U);
    EXPECT_EQ(rules.rule(0), parse_address(argument).value().at(0)) << argument;
  }
}

TEST(Address, lines_that_are_not_plain_are_left_alone) {
  for (const auto* argument : {"",
                               "/",
                               "//",
                               "//0.0.0.0",
                               "/a",
                               "/a/",
                               "/a/#",
                               "/a/::",
                               "/a/b/0.0.0.0",
                               "/A/0.0.0.0",
                               "/.a/0.0.0.0",
                               "/a./0.0.0.0",
                               "/*a/0.0.0.0",
                               "/#/0.0.0.0",
                               "/a /0.0.0.0",
                               "/a/ 0.0.0.0",
                               "a/0.0.0.0",
                               "/a/0.0.0",
                               "/-a/0.0.0.0 ",
                               "/\xc3\xa4/0.0.0.0"}) {
    settings::DomainRules rules;
    EXPECT_FALSE(append_plain_address(argument, rules)) << argument;
    EXPECT_TRUE(rules.empty()) << argument;
  }
  settings::DomainRules rules;
  EXPECT_FALSE(append_plain_address("/" + std::string(64, 'a') + "/0.0.0.0", rules));
}

std::vector<std::string> zones(std::string_view argument) {
  const Rules rules = parse_rev_server(argument, machine()).value();
  std::vector<std::string> names;
  for (const auto& rule : rules) names.push_back(rule.pattern.name);
  return names;
}

TEST(RevServer, covers_the_subnet_with_reverse_domains) {
  EXPECT_EQ(zones("10.1.2.3/24,1.2.3.4"), (std::vector<std::string>{"2.1.10.in-addr.arpa"}));
  EXPECT_EQ(zones("10.8.0.0/14,1.2.3.4"), (std::vector<std::string>{"8.10.in-addr.arpa", "9.10.in-addr.arpa",
                                                                    "10.10.in-addr.arpa", "11.10.in-addr.arpa"}));
  EXPECT_EQ(zones("192.0.2.1,1.2.3.4"), (std::vector<std::string>{"1.2.0.192.in-addr.arpa"}));
  EXPECT_EQ(zones("fd00::/7,1.2.3.4"), (std::vector<std::string>{"c.f.ip6.arpa", "d.f.ip6.arpa"}));
  EXPECT_EQ(zones("10.0.0.128/25,1.2.3.4").size(), 128U);
  EXPECT_EQ(parse_rev_server("10.0.0.0/8", machine()).value().at(0).action, Action::local_only);
}

}  // namespace
}  // namespace swapmasq::grammar
