// Answers that need nobody else. Messages in hexadecimal are what the reference answers.
#include <gmock/gmock.h>

#include "dns/engine_fixture.hpp"

namespace swapmasq::dns {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
namespace type = wire::dns_type;
using settings::DomainPattern;
using settings::DomainRule;

class EngineLocal : public EngineFixture {
 protected:
  void rule(DomainPattern::Kind kind, std::string name, DomainRule::Action action, std::string_view address = {}) {
    DomainRule made;
    made.pattern = {kind, std::move(name)};
    made.action = action;
    if (!address.empty()) made.address = *IpAddress::parse(address);
    settings_.rules.push_back(made);
  }
  void local(std::string name) {
    rule(DomainPattern::Kind::subdomains, std::move(name), DomainRule::Action::local_only);
  }
  void literal(std::string name, std::string_view address) {
    rule(DomainPattern::Kind::subdomains, std::move(name), DomainRule::Action::literal, address);
  }
  // "rcode aa lines..." of one question
  std::string outcome(std::string_view name, std::uint16_t asked_type = type::a) {
    ask(name, asked_type);
    const auto text = reply();
    if (text.empty()) return "forwarded";
    const auto flags = std::stoul(text.substr(4, 4), nullptr, 16);
    std::string said = (flags & 0xf) == 3 ? "NXDOMAIN" : (flags & 0xf) == 5 ? "REFUSED" : text.substr(12, 4);
    return said + ((flags & 0x0400) != 0 ? " aa" : "");
  }
};

TEST_F(EngineLocal, HostsFilesAnswerForwardAndReverse) {
  settings_.domain = "lan";
  settings_.expand_hosts = true;
  start();
  hosts("10.1.1.1 alpha alpha.alias beta.example.com\n");
  ask("alpha.lan");
  EXPECT_EQ(reply(),
            "123485800001000100000000"
            "05616c706861036c616e00"
            "00010001"
            "c00c000100010000000000040a010101");
  ask("1.1.1.10.in-addr.arpa", type::ptr);
  EXPECT_EQ(reply(),
            "123485800001000100000000"
            "01310131013102313007696e2d61646472046172706100"
            "000c0001"
            "c00c000c000100000000000b05616c706861036c616e00");
  EXPECT_THAT(lines(),
              ElementsAre("query[A] alpha.lan from 10.99.0.2", "/etc/hosts alpha.lan is 10.1.1.1",
                          "query[PTR] 1.1.1.10.in-addr.arpa from 10.99.0.2", "/etc/hosts 10.1.1.1 is alpha.lan"));
}

TEST_F(EngineLocal, ReadingHostsFilesIsLogged) {
  settings_.hosts_files = {"/h"};
  start();
  const std::vector<HostsText> files{{"/etc/hosts", std::string{"1.2.3 bad\n10.0.0.1 a ok b\x01\n"}},
                                     {"/h", tl::unexpected{std::string{"No such file or directory"}}}};
  engine_->load_hosts(files, now_);
  EXPECT_THAT(lines(),
              ElementsAre("bad address at /etc/hosts line 1", "bad name at /etc/hosts line 2",
                          "read /etc/hosts - 2 names", "failed to load names from /h: No such file or directory"));
}

TEST_F(EngineLocal, WithoutHostsFilesTheCacheIsCleared) {
  settings_.no_hosts = true;
  start();
  engine_->load_hosts({}, now_);
  EXPECT_THAT(lines(), ElementsAre("cleared cache"));
}

TEST_F(EngineLocal, SeveralAddressesTakeTurns) {
  settings_.log_queries.enabled = false;
  start();
  hosts("10.0.0.1 a\n10.0.0.2 a\n10.0.0.3 a\n");
  std::vector<std::string> firsts;
  for (int i = 0; i < 4; ++i) {
    ask("a");
    firsts.push_back(reply().substr(24 + 14 + 24, 8));
  }
  EXPECT_THAT(firsts, ElementsAre("0a000002", "0a000001", "0a000003", "0a000002"));
}

TEST_F(EngineLocal, HostRecordsCarryTheirTtlAndWinThePtr) {
  settings_.host_records.push_back({{"hr.lan"}, Ipv4{0x0a000001}, std::nullopt, 55});
  start();
  hosts("10.0.0.1 other\n");
  ask("hr.lan");
  EXPECT_EQ(reply(),
            "123485800001000100000000"
            "026872036c616e00"
            "00010001"
            "c00c000100010000003700040a000001");
  ask("1.0.0.10.in-addr.arpa", type::ptr);
  EXPECT_THAT(lines(), ElementsAre("query[A] hr.lan from 10.99.0.2", "config hr.lan is 10.0.0.1",
                                   "query[PTR] 1.0.0.10.in-addr.arpa from 10.99.0.2", "config 10.0.0.1 is hr.lan"));
}

TEST_F(EngineLocal, LeasesAreAnsweredUntilTheyExpire) {
  settings_.local_ttl = 3600;
  start();
  engine_->set_lease_names({{"pc", "pc.lan", Ipv4{0x0a000005}, now_ + std::chrono::seconds{46}}});
  ask("PC.lan");
  EXPECT_EQ(reply(),
            "123485800001000100000000"
            "025043036c616e00"
            "00010001"
            "c00c000100010000002e00040a000005");
  ask("5.0.0.10.in-addr.arpa", type::ptr);
  EXPECT_THAT(lines(), ElementsAre("query[A] pc.lan from 10.99.0.2", "DHCP pc.lan is 10.0.0.5",
                                   "query[PTR] 5.0.0.10.in-addr.arpa from 10.99.0.2", "DHCP 10.0.0.5 is pc.lan"));
  reply();
  later(std::chrono::seconds{46});
  EXPECT_EQ(outcome("pc.lan"), "REFUSED");
}

TEST_F(EngineLocal, LeasesDoNotTakeNamesOfHostsFiles) {
  start();
  hosts("10.0.0.9 taken\n10.0.0.5 same\n");
  engine_->set_lease_names({{"taken", "", Ipv4{0x0a000005}, {}}, {"same", "", Ipv4{0x0a000005}, {}}});
  EXPECT_THAT(lines(), ElementsAre("not giving name taken to the DHCP lease of 10.0.0.5 because the name exists in "
                                   "/etc/hosts with address 10.0.0.9"));
}

TEST_F(EngineLocal, ChangedLeasesAreTakenOver) {
  start();
  hosts("10.0.0.9 taken\n");
  const LeaseName pc{"pc", "pc.lan", Ipv4{0x0a000005}, {}};
  const LeaseName wishful{"taken", "", Ipv4{0x0a000006}, {}};
  const auto objection =
      "not giving name taken to the DHCP lease of 10.0.0.6 because the name exists in /etc/hosts with address 10.0.0.9";
  engine_->set_lease_names({pc, wishful});
  EXPECT_THAT(lines(), ElementsAre(objection));
  const auto update = [&](const IpAddress& address, std::optional<LeaseName> lease) {
    const LeaseUpdate change{address, std::move(lease)};
    engine_->update_lease_names({&change, 1});
    return lines();
  };
  EXPECT_THAT(update(pc.address, LeaseName{"mac", "mac.lan", pc.address, {}}), ElementsAre(objection))
      << "with every change";
  EXPECT_EQ(outcome("pc.lan"), "REFUSED");
  EXPECT_EQ(outcome("mac.lan"), "0001 aa");
  lines();
  ask("5.0.0.10.in-addr.arpa", type::ptr);
  EXPECT_THAT(lines(), ElementsAre("query[PTR] 5.0.0.10.in-addr.arpa from 10.99.0.2", "DHCP 10.0.0.5 is mac.lan"));
  reply();
  EXPECT_THAT(update(wishful.address, std::nullopt), testing::IsEmpty());
  update(pc.address, std::nullopt);
  EXPECT_EQ(outcome("mac.lan"), "REFUSED");
}

TEST_F(EngineLocal, LiteralsAnswerTheirTypesOnly) {
  literal("d", "1.1.1.1");
  literal("b", "1.1.1.1");
  literal("b", "2::2");
  literal("m", "1.1.1.1");
  literal("m", "1.1.1.2");
  rule(DomainPattern::Kind::subdomains, "z", DomainRule::Action::zeros);
  literal("l", "1.1.1.1");
  local("l");
  serve("9.9.9.9");
  start();
  EXPECT_EQ(outcome("x.d"), "0001 aa");
  EXPECT_EQ(outcome("d", type::aaaa), "forwarded");
  EXPECT_EQ(outcome("b", type::any), "0001 aa");
  lines();
  EXPECT_EQ(outcome("m"), "0002 aa");
  EXPECT_THAT(lines(), ElementsAre("query[A] m from 10.99.0.2", "config m is 1.1.1.2", "config m is 1.1.1.1"));
  EXPECT_EQ(outcome("z", type::any), "0002 aa");
  lines();
  EXPECT_EQ(outcome("l", type::mx), "0000");
  EXPECT_THAT(lines(), ElementsAre("query[MX] l from 10.99.0.2", "config l is NODATA"));
}

TEST_F(EngineLocal, LocalDomainsAreNeverForwarded) {
  local("dom");
  settings_.host_records.push_back({{"h.dom", "a.b.dom"}, Ipv4{1}, std::nullopt, {}});
  start();
  hosts("");
  EXPECT_EQ(outcome("x.dom"), "NXDOMAIN");
  EXPECT_EQ(outcome("h.dom", type::aaaa), "0000");
  EXPECT_EQ(outcome("b.dom"), "0000");
  EXPECT_EQ(outcome("x.b.dom"), "NXDOMAIN");
  EXPECT_EQ(outcome("dom", type::soa), "0000");
  EXPECT_EQ(outcome("h.dom"), "0001 aa");
}

TEST_F(EngineLocal, DomainNeededKeepsPlainNames) {
  settings_.domain_needed = true;
  serve("9.9.9.9");
  start();
  EXPECT_EQ(outcome("plain"), "NXDOMAIN");
  EXPECT_EQ(outcome("plain", type::mx), "forwarded");
  EXPECT_EQ(outcome("a.b"), "forwarded");
}

TEST_F(EngineLocal, BogusPrivKnowsThePrivateRanges) {
  settings_.bogus_priv = true;
  serve("9.9.9.9");
  serve("8.8.8.8", {DomainPattern::Kind::subdomains, "9.10.in-addr.arpa"});
  start();
  EXPECT_EQ(outcome("1.0.16.172.in-addr.arpa", type::ptr), "NXDOMAIN aa");
  EXPECT_EQ(outcome("168.192.in-addr.arpa", type::ptr), "NXDOMAIN aa");
  EXPECT_EQ(outcome("1.1.9.10.in-addr.arpa", type::ptr), "forwarded");
  EXPECT_EQ(outcome("1.0.16.172.in-addr.arpa", type::soa), "forwarded");
  EXPECT_EQ(outcome("8.8.8.8.in-addr.arpa", type::ptr), "forwarded");
}

TEST_F(EngineLocal, NoServersIsRefused) {
  start();
  ask(hex("1234 0100 0001 0000 0000 0001 0161 0162 00 0001 0001 00 0029 04d0 00000000 0000"));
  EXPECT_EQ(reply(),
            "123481850001000000000001"
            "0161016200"
            "00010001"
            "00002904d0000000000006000f0002000e");
  EXPECT_THAT(lines(), ElementsAre("query[A] a.b from 10.99.0.2", "config error is REFUSED (EDE: not ready)"));
}

TEST_F(EngineLocal, OddMessagesGetTheReferencesErrors) {
  start();
  ask(hex("1234 1100 0001 0000 0000 0000 0178 00 0001 0001"));
  EXPECT_EQ(reply(), "12349184000100000000000001780000010001");
  EXPECT_THAT(lines(), ElementsAre("non-query opcode 2 from 10.99.0.2", "reply opcode is not implemented"));
  ask(hex("1234 0100 0002 0000 0000 0000 0161 00 0001 0001 0161 00 0001 0001"));
  EXPECT_EQ(reply(),
            "123481850002000000000000016100000100010161"
            "0000010001");
  ask(hex("1234 0100 0001 0000 0000 0000 c00c 0001 0001"));
  EXPECT_EQ(reply(), "123481850001000000000000c00c00010001");
  ask(hex("1234 0100 0001 0000 0000 0000 0161"));
  EXPECT_EQ(reply(), "");
  EXPECT_EQ(lines().size(), 3U);
  ask(hex("1234 8100 0001 0000 0000 0000 0161 00 0001 0001"));
  ask(hex("1234 01"));
  ask(Bytes(1233, 0));
  EXPECT_EQ(reply(), "");
  EXPECT_THAT(lines(), IsEmpty());
}

TEST_F(EngineLocal, ChaosNames) {
  start();
  ask(hex("1234 0100 0001 0000 0000 0000 0776657273696f6e 0462696e64 00 0010 0003"));
  EXPECT_EQ(reply(),
            "1234858000010001000000000776657273696f6e0462696e640000100003c00c0010000300000000000d"
            "0c646e736d6173712d322e3933");
  ask(hex("1234 0100 0001 0000 0000 0000 03666f6f 0462696e64 00 0010 0003"));
  EXPECT_EQ(reply(), "12348184000100000000000003666f6f0462696e640000100003");
  EXPECT_THAT(lines(),
              ElementsAre("query[TXT] version.bind from 10.99.0.2", "config version.bind is <TXT>",
                          "query[TXT] foo.bind from 10.99.0.2", "config foo.bind is not implemented (EDE: unknown)"));
}

TEST_F(EngineLocal, AnswersThatDoNotFitAreTruncated) {
  start();
  std::string text;
  for (int i = 1; i <= 40; ++i) text += "10.0.0." + std::to_string(i) + " many\n";
  hosts(text);
  ask("many");
  EXPECT_EQ(reply(), "123487800001000000000000046d616e790000010001");
  EXPECT_EQ(lines().back(), "cached reply is truncated");
  auto over_tcp = client();
  over_tcp.tcp = true;
  ask(question("many", type::a), over_tcp);
  EXPECT_EQ(reply().substr(0, 16), "1234858000010028");
}

TEST_F(EngineLocal, ExtraAndProtoStandBeforeTheLine) {
  settings_.log_queries.extra = true;
  settings_.log_queries.proto = true;
  start();
  ask("a");
  EXPECT_THAT(lines(), ElementsAre("UDP 1 10.99.0.2/5000 query[A] a from 10.99.0.2",
                                   "UDP 1 10.99.0.2/5000 config error is REFUSED (EDE: not ready)"));
}

TEST_F(EngineLocal, OnlyFailedSuppressesTheRest) {
  settings_.log_queries.only_failed = true;
  local("lan");
  start();
  hosts("10.0.0.1 good\n");
  ask("good");
  ask("x.lan");
  EXPECT_THAT(lines(), ElementsAre("config x.lan is NXDOMAIN"));
}

TEST_F(EngineLocal, DhcpAsksTheHostsFiles) {
  start();
  hosts("10.0.0.1 boot boot2\n10.0.0.2 boot\n");
  EXPECT_THAT(engine_->names_of(*IpAddress::parse("10.0.0.1")), ElementsAre("boot"));
  EXPECT_THAT(engine_->names_of(*IpAddress::parse("10.0.0.7")), IsEmpty());
  EXPECT_EQ(engine_->addresses_of("boot2").size(), 1U);
}

TEST_F(EngineLocal, NamesOfChaosExistInEveryClass) {
  local("bind");
  start();
  for (const auto* name : {"bind", "version.bind"}) {
    ask(name);
    EXPECT_EQ(lines().back(), std::string{"config "} + name + " is NODATA-IPv4");
  }
  ask("x.bind");
  EXPECT_EQ(lines().back(), "config x.bind is NXDOMAIN");
}

TEST_F(EngineLocal, AnotherOpcodeNeedsNoQuestion) {
  start();
  ask(hex("1234 2800 0001 0000 0000 0000 01"));
  EXPECT_THAT(lines(), ElementsAre("non-query opcode 5 from 10.99.0.2", "reply opcode is not implemented"));
  EXPECT_THAT(out_.replies, IsEmpty());
}

TEST_F(EngineLocal, NonsenseEndsATcpConnection) {
  start();
  auto over_tcp = client();
  over_tcp.tcp = true;
  for (const auto* message : {"1234 0100 0001 0000 0000 0000 01", "1234 2800 0001 0000 0000 0000 01"}) {
    ask(hex(message), over_tcp);
    EXPECT_EQ(out_.dropped.size(), 1U);
    out_.clear();
  }
  ask(hex("1234 8100 0000 0000 0000 0000"), over_tcp);
  EXPECT_EQ(out_.unanswered.size(), 1U) << "answers are ignored";
}

TEST_F(EngineLocal, ABrokenTailHasNoOpt) {
  start();
  hosts("10.0.0.1 a\n");
  ask(hex("1234 0100 0001 0000 0000 0002 0161 00 0001 0001 00 0029 04d0 00000000 0000 00"));
  EXPECT_EQ(reply().substr(0, 24), "123485800001000100000000");
}

TEST_F(EngineLocal, AConnectionHasItsOwnSerials) {
  settings_.log_queries.extra = true;
  start();
  hosts("10.0.0.1 a\n");
  auto first = engine_->reserve_serials();
  auto second = engine_->reserve_serials();
  auto over_tcp = client();
  over_tcp.tcp = true;
  const auto message = question("a", type::a);
  for (auto* last : {&second, &first, &second}) engine_->receive({message, over_tcp, last}, now_, out_);
  ask("a");
  std::vector<std::string> queries;
  for (const auto& line : lines())
    if (line.find("query") != std::string::npos) queries.push_back(line.substr(0, line.find(' ')));
  EXPECT_THAT(queries, ElementsAre("101", "1", "102", "201"));
}

TEST_F(EngineLocal, TheDumpHasAliasesAndNamesAboveOthers) {
  settings_.cnames = {{{"al.lan"}, "h", {}}};
  settings_.host_records.push_back({{"hr.sub.lan"}, Ipv4{0x0a000003}, {}, {}});
  settings_.txt_records.push_back({"t.q", {"x"}});
  start();
  hosts("10.0.0.1 h\n");
  engine_->log_statistics({}, now_, true);
  constexpr std::size_t flags_at = 72;
  std::vector<std::string> entries;
  for (const auto& line : lines())
    if (line.size() > flags_at && line[flags_at + 1] == 'F')
      entries.push_back(line.substr(0, line.find(' ')) + line.substr(flags_at, 10));
  EXPECT_THAT(entries,
              testing::UnorderedElementsAre("al.lanCF I    C ", "lan!F I    C ", "q!F I    C ", "bind!F I    C ",
                                            "sub.lan!F I   H  ", "hr.sub.lan4FRI   HC ", "h4FRI   H  "));
}

TEST_F(EngineLocal, WithoutIdentityTheChaosNamesAreNotForwarded) {
  settings_.no_ident = true;
  serve("9.9.9.9");
  start();
  auto message = question("version.bind", type::txt);
  message.back() = 3;
  ask(message);
  EXPECT_THAT(sends(), IsEmpty());
  EXPECT_EQ(lines().back(), "config version.bind is not implemented (EDE: unknown)");
}

}  // namespace
}  // namespace swapmasq::dns
