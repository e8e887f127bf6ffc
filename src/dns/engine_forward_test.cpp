// The conversation with an upstream that lies, delays, truncates, refuses, and answers twice.
#include <gmock/gmock.h>

#include "dns/engine_fixture.hpp"

namespace swapmasq::dns {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
namespace type = wire::dns_type;

class EngineForward : public EngineFixture {
 protected:
  UpstreamSend forward(std::string_view name, std::uint16_t asked_type = type::a) {
    ask(name, asked_type);
    return only_send();
  }
  static Client over_tcp() {
    auto asking = client();
    asking.tcp = true;
    return asking;
  }
  UpstreamSend forward_over_tcp(std::string_view name) {
    ask(question(name, type::a), over_tcp());
    return only_send();
  }
  UpstreamSend only_send() {
    auto sent = sends();
    EXPECT_EQ(sent.size(), 1U);
    return sent.empty() ? UpstreamSend{} : sent.front();
  }
  static Bytes with_opts(const Bytes& message, std::uint16_t count) {
    wire::Writer out;
    out.bytes(message);
    for (unsigned i = 0; i < count; ++i) out.bytes(hex("00 0029 1000 00000000 0000"));
    out.put_u16_at(10, count);
    return out.take();
  }
};

TEST_F(EngineForward, TheQueryGetsANewIdAndAnOpt) {
  serve("9.9.9.9");
  start();
  random_ = 0x0e73;
  ask(hex("1234 0100 0001 0000 0000 0000 02 6368 04 74657374 00 0001 0001"));
  const auto sent = sends();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(plain_hex(sent[0].message),
            "0e7401000001000000000001"
            "026368047465737400"
            "00010001"
            "00002904d0000000000000");
  EXPECT_EQ(sent[0].server.port, 53);
  EXPECT_FALSE(sent[0].source.port.has_value());
}

TEST_F(EngineForward, AnOptOfTheClientKeepsItsOptions) {
  serve("9.9.9.9");
  start();
  random_ = 0x0e73;
  ask(hex("1234 0530 0001 0000 0000 0001 0161 00 0001 0001 00 0029 1000 00018000 0006 000a 0002 beef ffff"));
  EXPECT_EQ(plain_hex(sends().at(0).message),
            "0e7405300001000000000001"
            "016100"
            "00010001"
            "00002904d0000180000006000a0002beef");
}

TEST_F(EngineForward, TheReplyIsRelayedAndCached) {
  serve("9.9.9.9");
  start();
  const auto sent = forward("ch.test");
  upstream(sent, answer_to(sent, {cname("ch.test", "t1.test"), a("t1.test", "1.1.1.1")}));
  EXPECT_EQ(reply().substr(0, 24), "123481800001000200000000");
  EXPECT_THAT(lines(), ElementsAre("query[A] ch.test from 10.99.0.2", "forwarded ch.test to 9.9.9.9",
                                   "reply ch.test is <CNAME>", "reply t1.test is 1.1.1.1"));
  ask(question("ch.test", type::a, 0x1235));
  EXPECT_EQ(reply(),
            "123581800001000200000000"
            "026368047465737400"
            "00010001"
            "c00c000500010000012c0009027431047465737400"
            "c025000100010000012c000401010101");
  EXPECT_THAT(lines(),
              ElementsAre("query[A] ch.test from 10.99.0.2", "cached ch.test is <CNAME>", "cached t1.test is 1.1.1.1"));
  later(seconds{299});
  ask("t1.test");
  EXPECT_EQ(reply().substr(62, 8), "00000001");
  later(seconds{1});
  ask("t1.test");
  EXPECT_EQ(sends().size(), 1U);
}

TEST_F(EngineForward, TheSocketOfAnAnsweredQueryIsClosed) {
  serve("9.9.9.9");
  start();
  const auto sent = forward("x.test");
  upstream(sent, answer_to(sent));
  EXPECT_THAT(out_.cancels, ElementsAre(sent.id));
  out_.clear();
  upstream(sent, answer_to(sent));
  EXPECT_TRUE(out_.empty());
}

TEST_F(EngineForward, FalseRepliesAreIgnored) {
  serve("9.9.9.9");
  start();
  const auto sent = forward("x.test");
  const auto good = answer_to(sent, {a("x.test", "1.1.1.1")});
  auto lie = good;
  lie[0] ^= 0x80U;
  upstream(sent, lie);  // id
  lie = good;
  lie[2] = 0x01;
  upstream(sent, lie);  // no reply
  lie = good;
  lie[13] = 'y';
  upstream(sent, lie);  // name
  lie = good;
  lie[20] = 28;
  upstream(sent, lie);  // type
  lie = good;
  lie[22] = 3;
  upstream(sent, lie);  // class
  lie = good;
  lie[5] = 0;
  upstream(sent, lie);  // no question
  upstream(sent, Bytes(good.begin(), good.begin() + 11));
  auto stranger = sent;
  stranger.id += 1;
  upstream(stranger, good);  // a send that never was
  stranger.id += 1ULL << 20;
  upstream(stranger, good);
  EXPECT_EQ(reply(), "");
  upstream(sent, good);
  EXPECT_NE(reply(), "");
}

TEST_F(EngineForward, AChangedCaseIsNoLie) {
  serve("9.9.9.9");
  start();
  const auto sent = forward("x.test");
  auto changed = answer_to(sent);
  changed[13] = 'X';
  upstream(sent, changed);
  EXPECT_EQ(reply().substr(24, 4), "0158");
}

TEST_F(EngineForward, NegativeAnswersAreCachedWithTheirSoa) {
  serve("9.9.9.9");
  start();
  const auto sent = forward("nx.test");
  upstream(sent, answer_to(sent, {}, 0x8183, {soa("test", 600, 60)}));
  reply();
  lines();
  ask("nx.test", type::mx);
  EXPECT_EQ(reply(),
            "123481830001000000010000"
            "026e78047465737400"
            "000f0001"
            "0474657374000006000100000258"
            "0028026e73047465737400"
            "04726f6f74047465737400"
            "00000001000000020000000300000004"
            "0000003c");
  EXPECT_THAT(lines(), ElementsAre("query[MX] nx.test from 10.99.0.2", "cached nx.test is NXDOMAIN"));
  later(seconds{60});
  forward("nx.test");
}

TEST_F(EngineForward, WithoutSoaOnlyNegTtlMakesANegativeEntry) {
  serve("9.9.9.9");
  start();
  auto sent = forward("a.test");
  upstream(sent, answer_to(sent, {}, 0x8183));
  sent = forward("a.test");
  settings_.neg_ttl = 5;
  upstream(sent, answer_to(sent, {}, 0x8183));
  ask("a.test");
  EXPECT_THAT(sends(), IsEmpty());
}

TEST_F(EngineForward, NameErrorsOfKnownNamesBecomeNoData) {
  serve("9.9.9.9");
  start();
  hosts("10.0.0.1 known.example.com\n");
  const auto sent = forward("example.com");
  upstream(sent, answer_to(sent, {}, 0x8183));
  EXPECT_EQ(reply().substr(0, 8), "12348580");
  EXPECT_EQ(lines().back(), "reply example.com is NODATA-IPv4");
}

TEST_F(EngineForward, CacheTimesAreLimited) {
  settings_.max_ttl = 100;
  settings_.min_cache_ttl = 50;
  serve("9.9.9.9");
  start();
  auto sent = forward("long.test");
  upstream(sent, answer_to(sent, {a("long.test", "1.1.1.1", 5000)}));
  EXPECT_EQ(reply().substr(84, 8), "00000064");
  sent = forward("short.test");
  upstream(sent, answer_to(sent, {a("short.test", "1.1.1.1", 1)}));
  reply();
  ask("short.test");
  EXPECT_EQ(reply().substr(68, 8), "00000032");
}

TEST_F(EngineForward, LocalNamesAreNeverOverridden) {
  serve("9.9.9.9");
  start();
  hosts("10.0.0.1 local.lan\n");
  for (int i = 0; i < 2; ++i) {
    const auto sent = forward("x.test");
    upstream(sent, answer_to(sent, {cname("x.test", "local.lan"), a("local.lan", "6.6.6.6")}));
    EXPECT_NE(reply().find("06060606"), std::string::npos);
  }
}

TEST_F(EngineForward, BrokenRepliesBecomeServfail) {
  serve("9.9.9.9");
  start();
  const auto sent = forward("x.test");
  auto broken = answer_to(sent, {a("x.test", "1.1.1.1")});
  broken.pop_back();
  upstream(sent, broken);
  EXPECT_EQ(reply(),
            "123481820001000000000000"
            "0178047465737400"
            "00010001");
}

TEST_F(EngineForward, LongChainsAreRelayedButNotKept) {
  serve("9.9.9.9");
  start();
  for (int round = 0; round < 2; ++round) {
    const auto sent = forward("n0.test");
    std::vector<Rr> chain;
    for (int i = 0; i < 11; ++i)
      chain.push_back(cname("n" + std::to_string(i) + ".test", "n" + std::to_string(i + 1) + ".test"));
    chain.push_back(a("n11.test", "1.1.1.1"));
    upstream(sent, answer_to(sent, chain));
    EXPECT_EQ(reply().substr(12, 4), "000c");
  }
}

TEST_F(EngineForward, ACnameLoopEnds) {
  serve("9.9.9.9");
  start();
  const auto sent = forward("a.test");
  upstream(sent, answer_to(sent, {cname("a.test", "b.test"), cname("b.test", "a.test")}));
  EXPECT_NE(reply(), "");
}

TEST_F(EngineForward, TruncationAndSizeAreTheClients) {
  serve("9.9.9.9");
  start();
  auto sent = forward("tc.test");
  upstream(sent, answer_to(sent, {}, 0x8380));
  EXPECT_EQ(reply().substr(4, 4), "8380");
  EXPECT_EQ(lines().back(), "reply is truncated");
  sent = forward("big.test");
  std::vector<Rr> many;
  for (int i = 0; i < 31; ++i) many.push_back(a("big.test", "1.1.1." + std::to_string(i)));
  upstream(sent, answer_to(sent, many));
  EXPECT_EQ(reply(),
            "123483800001000000000000"
            "0362696704746573740000010001");
  EXPECT_EQ(lines().back(), "reply is truncated");
}

TEST_F(EngineForward, ErrorsAreRelayedInWords) {
  serve("9.9.9.9");
  start();
  const auto said = [this](std::uint16_t flags) {
    ask("e.test");
    const auto sent = sends();
    upstream(sent.back(), answer_to(sent.back(), {}, flags));
    for (const auto& again : sends()) upstream(again, answer_to(again, {}, flags));
    reply();
    return lines().back();
  };
  EXPECT_EQ(said(0x8181), "reply error is FORMERR");
  EXPECT_EQ(said(0x8182), "reply error is SERVFAIL");
  EXPECT_EQ(said(0x8184), "reply error is not implemented");
  EXPECT_EQ(said(0x8185), "reply error is REFUSED");
  EXPECT_EQ(said(0x8186), "reply error is 6");
}

TEST_F(EngineForward, ServersWithoutRecursionAreNamed) {
  settings_.log_queries.enabled = false;
  serve("9.9.9.9");
  start();
  for (int i = 0; i < 2; ++i) {
    const auto sent = forward("r.test");
    upstream(sent, answer_to(sent, {}, 0x8100));
    EXPECT_EQ(reply().substr(4, 4), "8180");
  }
  EXPECT_THAT(lines(), ElementsAre("nameserver 9.9.9.9 refused to do a recursive query"));
}

TEST_F(EngineForward, EqualQuestionsAreAskedOnce) {
  settings_.log_queries.extra = true;
  serve("9.9.9.9");
  start();
  const auto sent = forward("x.test");
  lines();
  ask(question("X.TEST", type::a, 0x2222), client(6000));
  EXPECT_THAT(sends(), IsEmpty());
  ask(question("x.test", type::a, 0x3333, 0x0100, true), client(6001));
  EXPECT_EQ(sends().size(), 1U) << "an OPT makes it another question";
  lines();
  upstream(sent, answer_to(sent, {a("x.test", "1.1.1.1")}));
  EXPECT_EQ(reply().substr(0, 28), "1234818000010001000000000178");
  EXPECT_EQ(reply().substr(0, 28), "2222818000010001000000000158");
  EXPECT_EQ(reply(), "");
  EXPECT_THAT(lines(),
              ElementsAre("1 10.99.0.2/5000 reply x.test is 1.1.1.1", "2 10.99.0.2/6000 reply query is duplicate"));
}

TEST_F(EngineForward, AfterTwoSecondsANewcomerAsksAgain) {
  settings_.log_queries.extra = true;
  settings_.strict_order = true;
  serve("9.9.9.1");
  serve("9.9.9.2");
  start();
  forward("x.test");
  lines();
  later(milliseconds{2000});
  ask(question("x.test", type::a, 0x2222), client(6000));
  EXPECT_THAT(asked(), ElementsAre("9.9.9.2"));
  EXPECT_THAT(lines(), ElementsAre("2 10.99.0.2/6000 query[A] x.test from 10.99.0.2",
                                   "2 10.99.0.2/6000 forwarded x.test to 9.9.9.2"));
}

TEST_F(EngineForward, ARetryIsSentToAll) {
  serve("9.9.9.1");
  serve("9.9.9.2");
  start();
  ask("x.test");
  EXPECT_THAT(asked(), ElementsAre("9.9.9.1", "9.9.9.2"));
  later(milliseconds{500});
  ask("x.test");
  EXPECT_THAT(asked(), ElementsAre("9.9.9.1", "9.9.9.2"));
  EXPECT_THAT(out_.replies, IsEmpty());
}

TEST_F(EngineForward, SilenceIsForgottenAfterFortySeconds) {
  serve("9.9.9.9");
  start();
  const auto sent = forward("x.test");
  later(seconds{39});
  EXPECT_THAT(out_.cancels, IsEmpty());
  ASSERT_TRUE(engine_->next_event());
  EXPECT_EQ(*engine_->next_event(), at_seconds(1'000'040));
  later(seconds{1});
  EXPECT_THAT(out_.cancels, ElementsAre(sent.id));
  EXPECT_FALSE(engine_->next_event());
  upstream(sent, answer_to(sent));
  EXPECT_EQ(reply(), "");
}

TEST_F(EngineForward, LateRepliesAreWelcome) {
  serve("9.9.9.9");
  start();
  const auto sent = forward("x.test");
  later(seconds{30});
  upstream(sent, answer_to(sent, {a("x.test", "1.1.1.1")}));
  EXPECT_NE(reply(), "");
}

TEST_F(EngineForward, PendingQueriesAreLimited) {
  settings_.forward_max = 2;
  serve("9.9.9.9");
  serve("8.8.8.8", {settings::DomainPattern::Kind::subdomains, "other"});
  start();
  ask("a.test");
  ask("b.test");
  lines();
  ask("c.test");
  EXPECT_EQ(reply().substr(0, 8), "12348185");
  ask("x.other");
  EXPECT_THAT(
      lines(),
      ElementsAre("query[A] c.test from 10.99.0.2", "Maximum number of concurrent DNS queries reached (max: 2)",
                  "config error is REFUSED", "query[A] x.other from 10.99.0.2", "forwarded x.other to 8.8.8.8"));
  later(seconds{10});
  sends();
  ask("c.test");
  EXPECT_EQ(sends().size(), 1U) << "older than the query timeout: they do not count";
}

TEST_F(EngineForward, NoServerReachable) {
  serve("9.9.9.1");
  serve("9.9.9.2");
  start();
  ask(question("x.test", type::a, id, 0x0100, true));
  const auto sent = sends();
  ASSERT_EQ(sent.size(), 2U);
  engine_->upstream_failed(sent[0].id, SendFailure::not_sent, now_, out_);
  EXPECT_EQ(reply(), "");
  engine_->upstream_failed(sent[1].id, SendFailure::not_sent, now_, out_);
  EXPECT_EQ(reply(),
            "123481850001000000000001"
            "0178047465737400"
            "00010001"
            "00002904d0000000000006000f00020017");
  EXPECT_EQ(lines().back(), "config error is REFUSED (EDE: network error)");
}

TEST_F(EngineForward, TcpGoesRoundTheServersOnce) {
  serve("9.9.9.1");
  serve("9.9.9.2");
  start();
  const auto first = forward_over_tcp("x.test");
  EXPECT_TRUE(first.tcp);
  EXPECT_EQ(plain_hex(first.message).substr(4),
            "01000001000000000000"
            "0178047465737400"
            "00010001");
  EXPECT_THAT(lines(), ElementsAre("query[A] x.test from 10.99.0.2"));
  later(seconds{10});
  const auto second = only_send();
  EXPECT_EQ(second.server.address.to_string(), "9.9.9.2");
  upstream(second, answer_to(second, {}, 0x8185));
  EXPECT_EQ(reply().substr(4, 4), "8185");
  EXPECT_THAT(lines(), ElementsAre("forwarded x.test to 9.9.9.2", "reply error is REFUSED"));

  ask(question("y.test", type::a), over_tcp());
  for (int i = 0; i < 2; ++i)
    for (const auto& send : sends()) engine_->upstream_failed(send.id, SendFailure::no_answer, now_, out_);
  EXPECT_EQ(reply().substr(4, 4), "8185");
  EXPECT_EQ(lines().back(), "config error is REFUSED (EDE: network error)");
}

TEST_F(EngineForward, AForeignAnswerOverTcpMeansTheNextServer) {
  serve("9.9.9.1");
  serve("9.9.9.2");
  start();
  const auto sent = forward_over_tcp("x.test");
  auto foreign = answer_to(sent, {a("x.test", "1.1.1.1")});
  foreign.at(13) = 'y';
  upstream(sent, foreign);
  EXPECT_THAT(out_.cancels, ElementsAre(sent.id));
  EXPECT_THAT(asked(), ElementsAre("9.9.9.2"));
}

TEST_F(EngineForward, WhatComesWithCdIsNotKept) {
  serve("9.9.9.9");
  start();
  for (int i = 0; i < 2; ++i) {
    const auto sent = forward("x.test");
    upstream(sent, answer_to(sent, {a("x.test", "1.1.1.1")}, 0x8190));
    EXPECT_EQ(reply().substr(4, 4), "8180");
  }
}

TEST_F(EngineForward, RecordsBesideNxdomainAreNotBelieved) {
  serve("9.9.9.9");
  start();
  for (int i = 0; i < 2; ++i) {
    const auto sent = forward("x.test");
    upstream(sent, answer_to(sent, {a("x.test", "1.1.1.1")}, 0x8183));
    EXPECT_EQ(reply().substr(4, 4), "8183");
    EXPECT_EQ(lines().back(), "reply x.test is NXDOMAIN");
  }
  const auto sent = forward("x.test", type::mx);
  upstream(sent, answer_to(sent, {a("x.test", "1.1.1.1")}, 0x8183));
  EXPECT_THAT(lines(), testing::IsSupersetOf({"reply x.test is <A>", "reply x.test is NXDOMAIN"}));
}

TEST_F(EngineForward, ChainsInAnswersToAnyAreFollowedInTheLog) {
  serve("9.9.9.9");
  start();
  const auto sent = forward("x.test", type::any);
  upstream(sent, answer_to(sent, {a("y.test", "1.1.1.1"), cname("x.test", "y.test"), a("x.test", "2.2.2.2")}));
  EXPECT_THAT(lines(), ElementsAre("query[ANY] x.test from 10.99.0.2", "forwarded x.test to 9.9.9.9",
                                   "reply x.test is <CNAME>", "reply y.test is <A>"));
}

TEST_F(EngineForward, NegTtlIsForAddressesAndNames) {
  settings_.neg_ttl = 60;
  serve("9.9.9.9");
  start();
  for (const auto asked_type : {type::srv, type::srv, type::a}) {
    const auto sent = forward("x.test", asked_type);
    upstream(sent, answer_to(sent));
  }
  lines();
  ask("x.test");
  EXPECT_EQ(lines().back(), "cached x.test is NODATA-IPv4");
  const auto sent = forward("y.test", type::srv);
  upstream(sent, answer_to(sent, {}, 0x8183));
  ask("y.test", type::srv);
  EXPECT_EQ(lines().back(), "cached y.test is NXDOMAIN");
}

TEST_F(EngineForward, CachedNamesInRdataAreLowerCaseButForThoseOfAddresses) {
  serve("9.9.9.9");
  start();
  for (const auto* name : {"x.test", "1.0.0.10.in-addr.arpa"}) {
    const auto sent = forward(name, type::ptr);
    upstream(sent, answer_to(sent, {{name, type::ptr, 300, name_octets("Host.Test")}}));
    ask(name, type::ptr);
  }
  std::vector<std::string> ends;
  for (auto text = reply(); !text.empty(); text = reply()) ends.push_back(text.substr(text.size() - 22, 10));
  EXPECT_THAT(ends, ElementsAre("04486f7374", "04686f7374", "04486f7374", "04486f7374"));
}

TEST_F(EngineForward, OctetsBehindANameAreForgiven) {
  serve("9.9.9.9");
  start();
  const auto sent = forward("x.test");
  auto alias = cname("x.test", "y.test");
  alias.rdata.push_back(0xff);
  upstream(sent, answer_to(sent, {alias, a("y.test", "1.1.1.1")}));
  EXPECT_EQ(reply().substr(0, 16), "1234818000010002");
  ask("x.test");
  EXPECT_EQ(lines().back(), "cached y.test is 1.1.1.1");
}

TEST_F(EngineForward, OtherOpcodesAreRelayedAsTheyCome) {
  serve("9.9.9.9");
  start();
  const auto sent = forward("x.test");
  upstream(sent, with_opts(answer_to(sent, {}, 0x9180), 1));
  EXPECT_EQ(reply(), "1234918000010000000000010178047465737400000100010000291000000000000000");
}

TEST_F(EngineForward, NoOptReachesAClientThatSentNone) {
  serve("9.9.9.9");
  start();
  const auto sent = forward("x.test");
  upstream(sent, with_opts(answer_to(sent), 2));
  EXPECT_EQ(reply(), "123481800001000000000000017804746573740000010001");
}

}  // namespace
}  // namespace swapmasq::dns
