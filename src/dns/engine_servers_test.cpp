// Which servers are asked when, and what is logged about them.
#include <gmock/gmock.h>

#include "dns/engine_fixture.hpp"

namespace swapmasq::dns {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
namespace type = wire::dns_type;
using settings::DomainPattern;
using settings::DomainRule;

class EngineServers : public EngineFixture {
 protected:
  // Asks a new question and lets the server `answering` answer; returns who was asked.
  std::vector<std::string> round(std::size_t answering = 0, std::uint16_t flags = 0x8180) {
    ask("q" + std::to_string(++questions_) + ".test");
    const auto sent = sends();
    std::vector<std::string> servers;
    for (const auto& send : sent) servers.push_back(send.server.address.to_string());
    if (answering < sent.size()) upstream(sent[answering], answer_to(sent[answering], {}, flags));
    return servers;
  }
  void three() {
    for (const auto* address : {"9.9.9.1", "9.9.9.2", "9.9.9.3"}) serve(address);
  }

  int questions_ = 0;
};

TEST_F(EngineServers, AllAreTriedEveryFiftySecondQuery) {
  three();
  start();
  std::vector<int> trials;
  for (int i = 0; i <= 104; ++i) {
    const auto asked_servers = round(1);
    if (asked_servers.size() == 3) {
      trials.push_back(i);
    } else if (trials.size() == 1) {
      EXPECT_THAT(asked_servers, ElementsAre("9.9.9.2")) << "the one that answered first";
    }
  }
  EXPECT_THAT(trials, ElementsAre(0, 52, 104));
}

TEST_F(EngineServers, AllAreTriedAfterTwentySeconds) {
  three();
  start();
  std::vector<int> trials;
  for (int second = 0; second <= 43; ++second) {
    if (round().size() == 3) trials.push_back(second);
    later(seconds{1});
  }
  EXPECT_THAT(trials, ElementsAre(0, 21, 42));
}

TEST_F(EngineServers, AllServersAsksAllAlways) {
  settings_.all_servers = true;
  settings_.strict_order = true;
  three();
  start();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(round().size(), 3U);
}

TEST_F(EngineServers, StrictOrderMovesOnWithErrorsAndRetries) {
  settings_.strict_order = true;
  three();
  start();
  ask("x.test");
  auto sent = sends();
  ASSERT_EQ(sent.size(), 1U);
  upstream(sent[0], answer_to(sent[0], {}, 0x8185));
  EXPECT_THAT(asked(), ElementsAre("9.9.9.2"));
  ask("x.test");
  EXPECT_THAT(asked(), ElementsAre("9.9.9.3"));
  ask("x.test");
  EXPECT_THAT(asked(), ElementsAre("9.9.9.3"));
}

TEST_F(EngineServers, StrictOrderIsSilentAfterTheLastError) {
  settings_.strict_order = true;
  serve("9.9.9.1");
  serve("9.9.9.2");
  start();
  ask("x.test");
  const auto first = sends();
  upstream(first.at(0), answer_to(first.at(0), {}, 0x8182));
  const auto second = sends();
  ASSERT_EQ(second.size(), 1U);
  upstream(second.at(0), answer_to(second.at(0), {}, 0x8182));
  EXPECT_THAT(out_.replies, IsEmpty());
  ask("x.test");
  EXPECT_THAT(asked(), ElementsAre("9.9.9.2")) << "a repetition is for the last one";
}

TEST_F(EngineServers, RefusalsWaitForTheOthers) {
  three();
  start();
  ask("x.test");
  const auto sent = sends();
  upstream(sent[0], answer_to(sent[0], {}, 0x8185));
  upstream(sent[2], answer_to(sent[2], {}, 0x8185));
  EXPECT_THAT(out_.replies, IsEmpty());
  upstream(sent[1], answer_to(sent[1], {}, 0x8185));
  EXPECT_EQ(reply().substr(4, 4), "8185");
}

TEST_F(EngineServers, ServfailOfOneOfAllIsFinal) {
  three();
  start();
  ask("x.test");
  const auto sent = sends();
  upstream(sent[1], answer_to(sent[1], {}, 0x8182));
  EXPECT_EQ(reply().substr(4, 4), "8182");
}

TEST_F(EngineServers, AnErrorOfTheOnlyOneAskedMakesItAskAll) {
  three();
  start();
  round();
  ask("x.test");
  const auto sent = sends();
  ASSERT_EQ(sent.size(), 1U);
  out_.clear();
  upstream(sent[0], answer_to(sent[0], {}, 0x8182));
  EXPECT_THAT(asked(), ElementsAre("9.9.9.1", "9.9.9.2", "9.9.9.3"));
  EXPECT_THAT(out_.replies, IsEmpty());
}

TEST_F(EngineServers, DomainsHaveTheirOwn) {
  serve("9.9.9.9");
  serve("8.8.8.8", {DomainPattern::Kind::subdomains, "lan"});
  serve("7.7.7.7", {DomainPattern::Kind::unqualified, ""});
  start();
  ask("x.LAN");
  EXPECT_THAT(asked(), ElementsAre("8.8.8.8"));
  ask("plan");
  EXPECT_THAT(asked(), ElementsAre("7.7.7.7"));
  ask("x.plan");
  EXPECT_THAT(asked(), ElementsAre("9.9.9.9"));
}

TEST_F(EngineServers, ResolvConfReplacesItsOwnServersOnly) {
  serve("9.9.9.9");
  start();
  engine_->read_resolv("/r", std::string{"# c\nnameserver 1.1.1.1\n server\t2.2.2.2 x\nnameserver bad\noptions a\n"});
  EXPECT_THAT(lines(), ElementsAre("reading /r", "using nameserver 9.9.9.9#53", "using nameserver 1.1.1.1#53",
                                   "using nameserver 2.2.2.2#53"));
  engine_->read_resolv("/r", std::string{"# nothing\n"});
  engine_->read_resolv("/r", std::string{});
  EXPECT_THAT(lines(), ElementsAre("no servers found in /r, will retry"));
  ask("x.test");
  EXPECT_THAT(asked(), ElementsAre("9.9.9.9"));
}

TEST_F(EngineServers, ServersThatAreThisServerAreIgnored) {
  serve("10.99.0.1");
  serve("0.0.0.0");
  serve("9.9.9.9");
  start();
  engine_->set_listen_addresses({*IpAddress::parse("10.99.0.1")});
  engine_->log_servers();
  EXPECT_THAT(lines(), ElementsAre("ignoring nameserver 10.99.0.1 - local interface", "using nameserver 9.9.9.9#53"));
  engine_->log_servers();
  EXPECT_THAT(lines(), ElementsAre("using nameserver 9.9.9.9#53"));
}

TEST_F(EngineServers, TheListNamesDomainsAndLocalEntriesLastFirst) {
  const auto rule = [this](DomainPattern::Kind kind, std::string name, DomainRule::Action action) {
    DomainRule made;
    made.pattern = {kind, std::move(name)};
    made.action = action;
    settings_.rules.push_back(made);
  };
  rule(DomainPattern::Kind::subdomains, "b.com", DomainRule::Action::standard_servers);
  rule(DomainPattern::Kind::subdomains, "lan", DomainRule::Action::local_only);
  serve("1.2.3.5", {DomainPattern::Kind::subdomains, "a.com"});
  serve("9.9.9.9", {DomainPattern::Kind::unqualified, ""});
  serve("4.4.4.4", {DomainPattern::Kind::suffix, "foo.com"});
  rule(DomainPattern::Kind::unqualified, "", DomainRule::Action::local_only);
  rule(DomainPattern::Kind::subdomains, "x.com", DomainRule::Action::local_only);
  start();
  engine_->log_servers();
  EXPECT_THAT(
      lines(),
      ElementsAre("using nameserver 1.2.3.5#53 for domain a.com ", "using nameserver 9.9.9.9#53 for unqualified names ",
                  "using nameserver 4.4.4.4#53 for domain *foo.com ", "using only locally-known addresses for x.com",
                  "using only locally-known addresses for lan", "using standard nameservers for b.com"));
}

TEST_F(EngineServers, LongListsAreCut) {
  for (int i = 1; i <= 35; ++i) serve("9.9.9." + std::to_string(i));
  DomainRule local;
  local.action = DomainRule::Action::local_only;
  local.pattern = {DomainPattern::Kind::subdomains, "l"};
  for (int i = 0; i < 3; ++i) settings_.rules.push_back(local);
  DomainRule literal = local;
  literal.action = DomainRule::Action::literal;
  for (int i = 0; i < 40; ++i) settings_.rules.push_back(literal);
  start();
  engine_->log_servers();
  const auto said = lines();
  ASSERT_EQ(said.size(), 32U);
  EXPECT_EQ(said[30], "more servers are defined but not logged");
  EXPECT_EQ(said[31], "using 12 more nameservers");
}

TEST_F(EngineServers, StatisticsSumUp) {
  serve("9.9.9.9");
  serve("9.9.9.9", {DomainPattern::Kind::subdomains, "lan"});
  start();
  round(0, 0x8183);
  ask("x.lan");
  ask("x.bind", 16);
  lines();
  engine_->log_statistics({}, now_, false);
  EXPECT_THAT(lines(),
              ElementsAre("time 1000000", "cache size 150, 0/0 cache insertions re-used unexpired cache entries.",
                          "queries forwarded 3, queries answered locally 0", "queries for authoritative zones 0",
                          "DNSSEC per-query subqueries HWM 0", "DNSSEC per-query crypto work HWM 0",
                          "DNSSEC per-RRSet signature fails HWM 0", "pool memory in use 0, max 0, allocated 0",
                          "child processes for TCP requests: in use 0, highest since last SIGUSR1 0, max "
                          "allowed 30.",
                          "server 9.9.9.9#53: queries sent 3, retried 0, failed 0, nxdomain replies 1, avg. "
                          "latency 0ms"));
}

}  // namespace
}  // namespace swapmasq::dns
