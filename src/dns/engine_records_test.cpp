// Records that the configuration spells out. Messages are what the reference answers.
#include <gmock/gmock.h>

#include "dns/engine_fixture.hpp"

namespace swapmasq::dns {
namespace {

using testing::ElementsAre;
namespace type = wire::dns_type;

class EngineRecords : public EngineFixture {
 protected:
  void SetUp() override { settings_.local_ttl = 5; }
  std::string answer(std::string_view name, std::uint16_t asked_type) {
    ask(name, asked_type);
    return reply();
  }
};

TEST_F(EngineRecords, AliasesLeadToLocalAnswers) {
  settings_.cnames = {{{"a.lan"}, "b.lan", {}}, {{"b.lan"}, "c.lan", 77}};
  settings_.host_records.push_back({{"c.lan"}, Ipv4{0x0a000003}, {}, {}});
  start();
  hosts("");
  EXPECT_EQ(answer("a.lan", type::a),
            "1234858000010003000000000161036c616e0000010001c00c000500010000000500070162036c616e00"
            "c023000500010000004d00070163036c616e00c036000100010000000500040a000003");
  EXPECT_THAT(lines(), ElementsAre("query[A] a.lan from 10.99.0.2", "config a.lan is <CNAME>",
                                   "config b.lan is <CNAME>", "config c.lan is 10.0.0.3"));
  EXPECT_EQ(answer("a.lan", type::mx),
            "1234858000010002000000000161036c616e00000f0001c00c000500010000000500070162036c616e00"
            "c023000500010000004d00070163036c616e00");
}

TEST_F(EngineRecords, AliasTargetsAreNeverForwarded) {
  settings_.cnames = {{{"ext.lan"}, "up.test", {}}};
  serve("9.9.9.9");
  start();
  EXPECT_EQ(answer("ext.lan", type::a),
            "12348580000100010000000003657874036c616e0000010001c00c00050001000000050009027570047465737400");
  ask("up.test");
  const auto sent = sends();
  ASSERT_EQ(sent.size(), 1U);
  upstream(sent[0], answer_to(sent[0], {a("up.test", "1.1.1.1")}));
  reply();
  EXPECT_EQ(answer("ext.lan", type::a),
            "12348180000100020000000003657874036c616e0000010001c00c00050001000000050009027570047465737400"
            "c025000100010000012c000401010101");
}

TEST_F(EngineRecords, MailHostsBringTheirAddresses) {
  settings_.mx_hosts = {{"dom.lan", "mail.lan", 10}, {"dom.lan", "c.lan", 20}};
  settings_.host_records.push_back({{"c.lan"}, Ipv4{0x0a000003}, {}, {}});
  start();
  hosts("");
  EXPECT_EQ(answer("dom.lan", type::mx),
            "12348580000100020000000103646f6d036c616e00000f0001c00c000f000100000005000900140163036c616e00"
            "c00c000f000100000005000c000a046d61696c036c616e00c027000100010000000500040a000003");
}

TEST_F(EngineRecords, LookupsOfAllAddressesTurnThemTogether) {
  settings_.mx_hosts = {{"dom.lan", "c.lan", 10}};
  settings_.host_records.push_back({{"c.lan"}, Ipv4{0x0a000003}, Ipv6::parse("fd00::3"), {}});
  start();
  hosts("");
  const auto v4 = "c027000100010000000500040a000003";
  const auto v6 = "c027001c0001000000050010fd000000000000000000000000000003";
  EXPECT_THAT(answer("dom.lan", type::mx), testing::EndsWith(std::string{v4} + v6));
  EXPECT_THAT(answer("dom.lan", type::mx), testing::EndsWith(std::string{v6} + v4));
  answer("c.lan", type::a);
  EXPECT_THAT(answer("dom.lan", type::mx), testing::EndsWith(std::string{v6} + v4));
}

TEST_F(EngineRecords, LocalmxAndSelfmxServeHostsAndTheDomainsAboveThem) {
  settings_.localmx = true;
  settings_.mx_target = "box.lan";
  settings_.mx_hosts = {{"own.lan", "c.lan", 5}};
  start();
  hosts("10.0.0.1 deep.sub.lan own.lan\n");
  const auto box =
      "1234858000010001000000000373756203"
      "6c616e00000f0001c00c000f000100000005000b000103626f78036c616e00";
  EXPECT_EQ(answer("sub.lan", type::mx), box);
  EXPECT_THAT(lines(), ElementsAre("query[MX] sub.lan from 10.99.0.2", "config sub.lan is <MX>"));
  EXPECT_EQ(answer("own.lan", type::mx),
            "123485800001000100000000036f776e036c616e00000f0001"
            "c00c000f0001000000050009000501"
            "63036c616e00");
  EXPECT_EQ(answer("other.lan", type::mx).substr(4, 4), "8185");
  settings_.selfmx = true;
  EXPECT_EQ(answer("sub.lan", type::mx),
            "1234858000010001000000000373756203"
            "6c616e00000f0001"
            "c00c000f000100000005000b000103737562036c616e00");
}

TEST_F(EngineRecords, ServicesTakeTurns) {
  settings_.srv_hosts = {{"_s._tcp.lan", "c.lan", 80, 0, 0}, {"_s._tcp.lan", "h2.lan", 81, 1, 2}};
  settings_.host_records.push_back({{"c.lan"}, Ipv4{0x0a000003}, {}, {}});
  start();
  hosts("");
  EXPECT_EQ(
      answer("_s._tcp.lan", type::srv),
      "123485800001000200000001025f73045f746370036c616e0000210001c00c0021000100000005000e000100020051026832036c616e00"
      "c00c0021000100000005000d0000000000500163036c616e00c049000100010000000500040a000003");
  EXPECT_EQ(
      answer("_s._tcp.lan", type::srv),
      "123485800001000200000001025f73045f746370036c616e0000210001c00c0021000100000005000d0000000000500163036c616e00"
      "c00c0021000100000005000e000100020051026832036c616e00c02f000100010000000500040a000003");
}

TEST_F(EngineRecords, TextPointerAndNaptr) {
  settings_.txt_records = {{"t.lan", {"one", "two"}}, {"t.lan", {"second"}}, {"e.lan", {}}};
  settings_.ptr_records = {{"3.0.0.10.in-addr.arpa", "other.lan"}};
  settings_.naptr_records = {{"n.lan", 10, 20, "u", "SIP+D2U", "!x!", "r.lan"}};
  settings_.host_records.push_back({{"c.lan"}, Ipv4{0x0a000003}, {}, {}});
  start();
  hosts("");
  EXPECT_EQ(answer("t.lan", type::txt),
            "1234858000010002000000000174036c616e0000100001c00c00100001000000050007067365636f6e64"
            "c00c00100001000000050008036f6e650374776f");
  EXPECT_EQ(answer("e.lan", type::txt), "1234858000010001000000000165036c616e0000100001c00c0010000100000005000100");
  EXPECT_EQ(answer("3.0.0.10.in-addr.arpa", type::ptr),
            "12348580000100010000000001330130013002313007696e2d61646472046172706100000c0001"
            "c00c000c000100000005000b056f74686572036c616e00");
  EXPECT_EQ(answer("n.lan", type::naptr),
            "1234858000010001000000000"
            "16e036c616e0000230001c00c00230001000000050019000a00140175075349502b4432550321782101"
            "72036c616e00");
}

TEST_F(EngineRecords, VerbatimRecordsAreAddedToTheRest) {
  settings_.dns_records = {{"c.lan", type::a, {10, 0, 0, 1}}, {"c.lan", 65280, {0xbe, 0xef}}};
  settings_.host_records.push_back({{"c.lan"}, Ipv4{0x0a000003}, {}, {}});
  start();
  hosts("");
  EXPECT_EQ(answer("c.lan", 65280), "1234858000010001000000000163036c616e00ff000001c00cff000001000000050002beef");
  lines();
  answer("c.lan", type::a);
  EXPECT_THAT(lines(), ElementsAre("query[A] c.lan from 10.99.0.2", "config c.lan is <A>", "config c.lan is 10.0.0.3"));
}

TEST_F(EngineRecords, OwnersAreKnownNamesButNotThoseOfVerbatimRecords) {
  settings_.mx_hosts = {{"m.x.loc", "a.loc", 1}};
  settings_.dns_records = {{"caa.loc", 257, {0}}};
  settings::DomainRule local;
  local.action = settings::DomainRule::Action::local_only;
  local.pattern = {settings::DomainPattern::Kind::subdomains, "loc"};
  settings_.rules.push_back(local);
  start();
  for (const auto* name : {"m.x.loc", "x.loc", "caa.loc"}) ask(name);
  EXPECT_THAT(lines(), ElementsAre("query[A] m.x.loc from 10.99.0.2", "config m.x.loc is NODATA-IPv4",
                                   "query[A] x.loc from 10.99.0.2", "config x.loc is NODATA-IPv4",
                                   "query[A] caa.loc from 10.99.0.2", "config caa.loc is NXDOMAIN"));
}

TEST_F(EngineRecords, NamesOfLeasesLastForDhcpTtlOrTheLease) {
  settings_.dhcp_ttl = 600;
  start();
  engine_->set_lease_names(
      {{"pc", "", Ipv4{0x0a000005}, now_ + std::chrono::seconds{300}}, {"server", "", Ipv4{0x0a000006}, {}}});
  EXPECT_EQ(answer("pc", type::a), "1234858000010001000000000270630000010001c00c000100010000012c00040a000005");
  EXPECT_EQ(answer("server", type::a),
            "12348580000100010000000006736572766572"
            "0000010001c00c000100010000025800040a000006");
}

TEST_F(EngineRecords, LeasesDoNotTakeAliases) {
  settings_.cnames = {{{"pc"}, "b.lan", {}}};
  start();
  engine_->set_lease_names({{"pc", "", Ipv4{0x0a000005}, {}}});
  EXPECT_THAT(lines(), ElementsAre("pc is a CNAME, not giving it to the DHCP lease of 10.0.0.5"));
}

TEST_F(EngineRecords, RulesOfATypeHoldForAliasesToo) {
  settings_.filterwin2k = true;
  settings_.cnames = {{{"a.lan"}, "b.lan", {}}};
  start();
  EXPECT_EQ(answer("a.lan", type::mailb).substr(0, 16), "1234858300010001");
  lines();
  EXPECT_EQ(answer("a.lan", type::soa).substr(0, 16), "1234858000010001");
  EXPECT_THAT(lines(),
              ElementsAre("query[SOA] a.lan from 10.99.0.2", "config a.lan is <CNAME>", "config b.lan is NODATA"));
}

TEST_F(EngineRecords, ServicesTakeTurnsEvenWithoutRoundRobin) {
  settings_.no_round_robin = true;
  for (const auto port : {std::uint16_t{1}, std::uint16_t{2}})
    settings_.srv_hosts.push_back({.name = "s.lan", .port = port});
  start();
  EXPECT_NE(answer("s.lan", type::srv), answer("s.lan", type::srv));
}

}  // namespace
}  // namespace swapmasq::dns
