#include "dns/domain_table.hpp"

#include <gmock/gmock.h>

#include "wire/dns_types.hpp"

namespace swapmasq::dns {
namespace {

using settings::DomainPattern;
using settings::DomainRule;
using Kind = DomainPattern::Kind;
using Action = DomainRule::Action;
namespace type = wire::dns_type;

class DomainTableTest : public testing::Test {
 protected:
  void add(Kind kind, std::string name, Action action, std::string_view address = "0.0.0.0") {
    DomainRule rule;
    rule.pattern = {kind, std::move(name)};
    rule.action = action;
    rule.address = *IpAddress::parse(address);
    rule.server = {rule.address, 53, 0};
    rules_.push_back(rule);
  }
  settings::DomainRules configured() const {
    settings::DomainRules rules;
    for (const auto& rule : rules_) rules.push_back(rule);
    return rules;
  }
  void server(Kind kind, std::string name, std::string_view address) {
    add(kind, std::move(name), Action::forward, address);
  }

  // "nothing", "local", "nodata", "to <server>", or the addresses.
  std::string choose(std::string_view name, std::uint16_t asked = type::a, std::uint16_t klass = wire::dns_class::in) {
    DomainTable table{configured()};
    const auto choice = table.choose(wire::DnsName::from_text(name)->lower().wire(), asked, klass);
    switch (choice.kind) {
      case DomainTable::Choice::Kind::nothing:
        return "nothing";
      case DomainTable::Choice::Kind::local_only:
        return choice.other_types_exist ? "nodata" : "local";
      case DomainTable::Choice::Kind::forward:
        return "to " + choice.servers->servers.front()->endpoint.address.to_string();
      case DomainTable::Choice::Kind::addresses:
        break;
    }
    std::string all;
    for (const auto& address : choice.addresses) all += (all.empty() ? "" : " ") + address.to_string();
    return all;
  }

  std::vector<settings::DomainRule> rules_;
};

TEST_F(DomainTableTest, TheLongestSuffixWins) {
  server(Kind::any, "", "1.1.1.1");
  server(Kind::subdomains, "lan", "2.2.2.2");
  server(Kind::subdomains, "x.lan", "3.3.3.3");
  EXPECT_EQ(choose("a.org"), "to 1.1.1.1");
  EXPECT_EQ(choose("LAN"), "to 2.2.2.2");
  EXPECT_EQ(choose("ax.lan"), "to 2.2.2.2");
  EXPECT_EQ(choose("y.x.lan"), "to 3.3.3.3");
  EXPECT_EQ(choose(""), "to 1.1.1.1");
}

TEST_F(DomainTableTest, SuffixesNeedNoBoundary) {
  server(Kind::suffix, "dom", "1.1.1.1");
  server(Kind::suffix, ".dom", "2.2.2.2");
  server(Kind::subdomains, "dom", "3.3.3.3");
  EXPECT_EQ(choose("dom"), "to 3.3.3.3");
  EXPECT_EQ(choose("xdom"), "to 1.1.1.1");
  EXPECT_EQ(choose("a.xdom"), "to 1.1.1.1");
  EXPECT_EQ(choose("a.dom"), "to 2.2.2.2");
  EXPECT_EQ(choose("om"), "nothing");
}

TEST_F(DomainTableTest, TypesThatDoNotFitLookFurtherUp) {
  add(Kind::subdomains, "a.d", Action::literal, "1.1.1.1");
  add(Kind::subdomains, "d", Action::local_only);
  server(Kind::any, "", "9.9.9.9");
  EXPECT_EQ(choose("a.d"), "1.1.1.1");
  EXPECT_EQ(choose("a.d", type::mx), "local");
  EXPECT_EQ(choose("a.d", type::a, 3), "local");
}

TEST_F(DomainTableTest, InsideADomainLiteralsComeFirst) {
  add(Kind::subdomains, "d", Action::literal, "1.1.1.1");
  add(Kind::subdomains, "d", Action::literal, "1.1.1.2");
  add(Kind::subdomains, "d", Action::zeros);
  add(Kind::subdomains, "d", Action::local_only);
  server(Kind::subdomains, "d", "9.9.9.9");
  EXPECT_EQ(choose("d"), "1.1.1.2 1.1.1.1");
  EXPECT_EQ(choose("d", type::aaaa), "::");
  EXPECT_EQ(choose("d", type::mx), "nodata");
  add(Kind::subdomains, "d", Action::literal, "2::2");
  EXPECT_EQ(choose("d", type::any), "2::2");
}

TEST_F(DomainTableTest, StandardServersAreTheDefaultOnes) {
  add(Kind::subdomains, "std.d", Action::standard_servers);
  add(Kind::subdomains, "d", Action::local_only);
  add(Kind::any, "", Action::literal, "1.2.3.4");
  EXPECT_EQ(choose("x.std.d"), "nothing");
  server(Kind::any, "", "9.9.9.9");
  EXPECT_EQ(choose("x.std.d"), "to 9.9.9.9");
  EXPECT_EQ(choose("x.d"), "local");
  EXPECT_EQ(choose("org"), "1.2.3.4");
}

TEST_F(DomainTableTest, UnqualifiedNamesDoNotFallBack) {
  add(Kind::unqualified, "", Action::literal, "1.1.1.1");
  server(Kind::any, "", "9.9.9.9");
  server(Kind::subdomains, "lan", "8.8.8.8");
  EXPECT_EQ(choose("plain"), "1.1.1.1");
  EXPECT_EQ(choose("plain", type::mx), "nothing");
  EXPECT_EQ(choose("lan"), "to 8.8.8.8");
  EXPECT_EQ(choose("a.b"), "to 9.9.9.9");
  EXPECT_EQ(choose(""), "to 9.9.9.9");
  EXPECT_EQ(choose("plain", type::dnskey), "to 9.9.9.9");
  EXPECT_EQ(choose("x.plain", type::ds), "to 9.9.9.9");
}

TEST_F(DomainTableTest, ADsBelongsToTheParent) {
  add(Kind::subdomains, "d", Action::local_only);
  server(Kind::any, "", "9.9.9.9");
  EXPECT_EQ(choose("d", type::ds), "to 9.9.9.9");
  EXPECT_EQ(choose("x.d", type::ds), "local");
  EXPECT_EQ(choose("d", type::dnskey), "local");
}

TEST_F(DomainTableTest, OtherQuestions) {
  add(Kind::subdomains, "a", Action::literal, "1.1.1.1");
  server(Kind::subdomains, "x.a", "8.8.8.8");
  add(Kind::subdomains, "l", Action::local_only);
  const DomainTable table{configured()};
  const auto wire_name = [](std::string_view text) { return *wire::DnsName::from_text(text); };
  EXPECT_TRUE(table.covered_by_address(wire_name("y.x.a").wire()));
  EXPECT_FALSE(table.covered_by_address(wire_name("l").wire()));
  EXPECT_TRUE(table.has_domain_server(wire_name("y.x.a").wire()));
  EXPECT_FALSE(table.has_domain_server(wire_name("l").wire()));
}

TEST_F(DomainTableTest, AddedServersComeLastAndGoAgain) {
  server(Kind::any, "", "9.9.9.9");
  DomainTable table{configured()};
  DomainRule added;
  added.server = {*IpAddress::parse("1.1.1.1"), 53, 0};
  table.replace(ServerOrigin::resolv_conf, {added, added});
  EXPECT_EQ(table.servers().size(), 3U);
  table.replace(ServerOrigin::resolv_conf, {added});
  EXPECT_EQ(table.servers().size(), 2U);
  table.drop_servers([](const Server& server) { return server.endpoint.address == *IpAddress::parse("9.9.9.9"); });
  table.replace(ServerOrigin::resolv_conf, {});
  EXPECT_TRUE(table.servers().empty());
  EXPECT_EQ(table.choose(wire::DnsName{}.wire(), type::a, 1).kind, DomainTable::Choice::Kind::nothing);
}

TEST_F(DomainTableTest, AnOriginReplacesWhatItSaidBefore) {
  add(Kind::subdomains, "d", Action::local_only);
  server(Kind::any, "", "9.9.9.9");
  DomainTable table{configured()};
  const auto read = [&](auto fill) {
    rules_.clear();
    fill();
    table.replace(ServerOrigin::servers_file, rules_);
  };
  const auto chosen = [&](std::string_view name) {
    const auto choice = table.choose(wire::DnsName::from_text(name)->wire(), type::a, 1);
    if (choice.kind == DomainTable::Choice::Kind::local_only) return std::string{"local"};
    if (choice.kind != DomainTable::Choice::Kind::forward) return std::string{"nothing"};
    return choice.servers->servers.front()->endpoint.address.to_string();
  };
  read([&] {
    server(Kind::subdomains, "lab", "1.1.1.1");
    server(Kind::suffix, "fix", "2.2.2.2");
    server(Kind::unqualified, "", "3.3.3.3");
    add(Kind::subdomains, "d", Action::local_only);
    add(Kind::subdomains, "x.d", Action::standard_servers);
  });
  EXPECT_EQ(chosen("a.lab"), "1.1.1.1");
  EXPECT_EQ(chosen("prefix"), "2.2.2.2");
  EXPECT_EQ(chosen("plain"), "3.3.3.3");
  EXPECT_EQ(chosen("a.x.d"), "9.9.9.9");
  read([&] { server(Kind::subdomains, "new", "4.4.4.4"); });
  EXPECT_EQ(chosen("a.lab"), "9.9.9.9");
  EXPECT_EQ(chosen("prefix"), "9.9.9.9");
  EXPECT_EQ(chosen("plain"), "9.9.9.9");
  EXPECT_EQ(chosen("a.x.d"), "local");
  EXPECT_EQ(chosen("a.new"), "4.4.4.4");
}

TEST_F(DomainTableTest, AServerThatIsReadAgainKeepsItsStatistics) {
  DomainTable table{configured()};
  server(Kind::any, "", "1.1.1.1");
  server(Kind::subdomains, "a", "1.1.1.1");
  table.replace(ServerOrigin::servers_file, rules_);
  table.servers().at(0)->counted.sent = 7;
  DomainRule resolv;
  resolv.server = {*IpAddress::parse("8.8.8.8"), 53, 0};
  table.replace(ServerOrigin::resolv_conf, {resolv});
  table.replace(ServerOrigin::servers_file, rules_);
  ASSERT_EQ(table.servers().size(), 3U);
  EXPECT_EQ(table.servers().at(0)->endpoint.address, resolv.server.address);
  EXPECT_EQ(table.servers().at(1)->counted.sent, 7U);
  EXPECT_EQ(table.servers().at(2)->counted.sent, 0U);
}

}  // namespace
}  // namespace swapmasq::dns
