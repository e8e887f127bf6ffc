// Answers of upstream servers that options change, refuse or take for others. What is expected is what the reference
// does with the same answers.
#include <gmock/gmock.h>

#include "dns/engine_fixture.hpp"

namespace swapmasq::dns {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
namespace type = wire::dns_type;

Rr aaaa(std::string owner, std::string_view address) {
  wire::Writer out;
  out.ipv6(*Ipv6::parse(address));
  return {std::move(owner), type::aaaa, 300, out.take()};
}

class EngineAnswers : public EngineFixture {
 protected:
  void SetUp() override { serve("9.9.9.9"); }

  // Asks with an OPT and lets upstream answer; the reply's flags, record counts and what its OPT says, in hexadecimal.
  std::string exchange(std::string_view name, std::uint16_t asked_type, const std::vector<Rr>& answers,
                       std::uint16_t flags = 0x8180) {
    ask(question(name, asked_type, id, 0x0100, true));
    for (const auto& send : sends()) {
      wire::Writer message;
      message.bytes(answer_to(send, answers, flags));
      message.bytes(hex("00 0029 04d0 00000000 0000"));
      message.put_u16_at(10, 1);
      upstream(send, message.take());
    }
    return summary();
  }
  std::string summary() {
    const auto text = reply();
    if (text.empty()) return "nothing";
    const auto options = text.rfind("00002904d0");
    return text.substr(4, 4) + ' ' + text.substr(12, 12) +
           (options == std::string::npos ? "" : ' ' + text.substr(options + 18));
  }
};

const std::string blocked = "0006000f0002000f";
const std::string filtered = "0006000f00020011";

TEST_F(EngineAnswers, BogusAddressesMeanThatTheNameDoesNotExist) {
  settings_.bogus_nxdomain = {{*IpAddress::parse("192.0.2.64"), 28}, {*IpAddress::parse("2001:db8:66::"), 48}};
  start();
  EXPECT_EQ(exchange("liar.test", type::a, {a("liar.test", "192.0.2.66")}, 0x8580), "8183 000000000001 " + blocked);
  EXPECT_EQ(exchange("liar6.test", type::aaaa, {aaaa("liar6.test", "2001:db8:66::1")}), "8183 000000000001 " + blocked);
  EXPECT_EQ(exchange("honest.test", type::a, {a("honest.test", "192.0.2.80")}), "8180 000100000001 0000");
  lines();
  ask("liar.test", type::mx);
  EXPECT_THAT(lines(), ElementsAre("query[MX] liar.test from 10.99.0.2", "cached liar.test is NXDOMAIN"));
  EXPECT_THAT(sends(), IsEmpty());
}

TEST_F(EngineAnswers, ABogusAddressBehindAnAliasIsTheTargetsFault) {
  settings_.bogus_nxdomain = {{*IpAddress::parse("192.0.2.66"), 32}};
  start();
  exchange("chain.test", type::a, {cname("chain.test", "liar.test"), a("liar.test", "192.0.2.66")});
  EXPECT_THAT(lines(), ElementsAre("query[A] chain.test from 10.99.0.2", "forwarded chain.test to 9.9.9.9",
                                   "config liar.test is NXDOMAIN"));
  ask("chain.test");
  EXPECT_EQ(sends().size(), 1U);
}

TEST_F(EngineAnswers, IgnoredAddressesLeaveTheQueryOpen) {
  settings_.ignore_addresses = {{*IpAddress::parse("198.51.100.7"), 32}};
  start();
  ask("www.test");
  const auto sent = sends();
  ASSERT_EQ(sent.size(), 1U);
  upstream(sent[0], answer_to(sent[0], {a("www.test", "198.51.100.7")}));
  EXPECT_EQ(reply(), "");
  upstream(sent[0], answer_to(sent[0], {a("www.test", "198.51.100.8")}));
  EXPECT_NE(reply(), "");
}

TEST_F(EngineAnswers, RebindsAreEmptied) {
  settings_.stop_rebind = true;
  settings_.rebind_domains_ok = {"trusted.test"};
  start();
  EXPECT_EQ(exchange("mixed.test", type::a, {a("mixed.test", "8.8.8.8"), a("mixed.test", "10.0.0.1")}),
            "8180 000000000001 " + blocked);
  EXPECT_THAT(lines(), ElementsAre("query[A] mixed.test from 10.99.0.2", "forwarded mixed.test to 9.9.9.9",
                                   "reply mixed.test is 8.8.8.8", "possible DNS-rebind attack detected: mixed.test"));
  EXPECT_EQ(exchange("six.test", type::aaaa, {aaaa("six.test", "fd00::1")}), "8180 000000000001 " + blocked);
  EXPECT_EQ(exchange("mixed.test", type::any, {a("mixed.test", "10.0.0.1")}), "8180 000100000001 0000");
  EXPECT_EQ(exchange("a.Trusted.test", type::a, {a("a.Trusted.test", "10.0.0.1")}), "8180 000100000001 0000");
  EXPECT_EQ(exchange("loop.test", type::a, {a("loop.test", "127.0.0.1")}), "8180 000000000001 " + blocked);
  EXPECT_EQ(exchange("plain", type::a, {a("plain", "10.0.0.1")}), "8180 000000000001 " + blocked);
}

TEST_F(EngineAnswers, RebindsThatAreAllowed) {
  settings_.stop_rebind = true;
  settings_.rebind_localhost_ok = true;
  settings_.rebind_domains_ok = {""};
  start();
  EXPECT_EQ(exchange("loop.test", type::a, {a("loop.test", "127.0.0.1")}), "8180 000100000001 0000");
  EXPECT_EQ(exchange("plain", type::a, {a("plain", "10.0.0.1")}), "8180 000100000001 0000");
  EXPECT_EQ(exchange("evil.test", type::a, {a("evil.test", "10.0.0.1")}), "8180 000000000001 " + blocked);
}

TEST_F(EngineAnswers, AliasesReplaceAddresses) {
  const auto v4 = [](std::string_view text) { return *Ipv4::parse(text); };
  settings_.aliases = {{v4("192.0.2.10"), {}, v4("10.0.0.1"), v4("255.255.255.255")},
                       {v4("198.51.100.0"), {}, v4("10.1.0.0"), v4("255.255.255.0")},
                       {v4("203.0.113.10"), v4("203.0.113.20"), v4("10.2.0.0"), v4("255.255.255.0")},
                       {v4("192.0.2.10"), {}, v4("10.0.0.2"), v4("255.255.255.255")}};
  start();
  EXPECT_EQ(exchange("www.test", type::a, {a("www.test", "192.0.2.10")}, 0x8580), "8180 000100000001 0000");
  EXPECT_THAT(lines(), ElementsAre("query[A] www.test from 10.99.0.2", "forwarded www.test to 9.9.9.9",
                                   "config www.test is 10.0.0.2", "reply www.test is 10.0.0.2"));
  const auto outcome = [&](std::string_view address) {
    exchange("x.test", type::any, {a("x.test", address)});
    const auto said = lines();
    return said.size() == 4 ? said[2] : "no alias";
  };
  EXPECT_EQ(outcome("198.51.100.77"), "config x.test is 10.1.0.77");
  EXPECT_EQ(outcome("203.0.113.20"), "config x.test is 10.2.0.20");
  EXPECT_EQ(outcome("203.0.113.21"), "no alias");
}

TEST_F(EngineAnswers, FilteredRecordsAreTakenOutButCached) {
  settings_.filter_rrs = {type::aaaa};
  start();
  EXPECT_EQ(exchange("www.test", type::aaaa, {cname("www.test", "b.test"), aaaa("b.test", "2001:db8::1")}),
            "8180 000100000001 " + filtered);
  EXPECT_THAT(lines(), ElementsAre("query[AAAA] www.test from 10.99.0.2", "forwarded www.test to 9.9.9.9",
                                   "reply www.test is <CNAME>", "config b.test is NODATA-IPv6"));
  EXPECT_EQ(exchange("www.test", type::aaaa, {}), "8180 000100000001 " + filtered);
  EXPECT_THAT(lines(), ElementsAre("query[AAAA] www.test from 10.99.0.2", "cached www.test is <CNAME>",
                                   "config b.test is NODATA-IPv6"));
}

TEST_F(EngineAnswers, FilteredTypesOfKnownNamesAreNotAskedFor) {
  settings_.filter_rrs = {type::aaaa};
  start();
  hosts("10.0.0.1 nas\nfd00::1 six\n");
  exchange("www.test", type::a, {a("www.test", "192.0.2.1")});
  lines();
  EXPECT_EQ(exchange("www.test", type::aaaa, {}), "8180 000000000001 " + filtered);
  EXPECT_EQ(exchange("nas", type::aaaa, {}), "8180 000000000001 " + filtered);
  EXPECT_THAT(lines(), ElementsAre("query[AAAA] www.test from 10.99.0.2", "config www.test is NODATA",
                                   "query[AAAA] nas from 10.99.0.2", "config nas is NODATA"));
  EXPECT_EQ(exchange("six", type::aaaa, {}), "8580 000100000001 0000");
}

TEST_F(EngineAnswers, FilteredTypesOfNamesAboveHostsAreAskedFor) {
  settings_.filter_rrs = {type::aaaa};
  start();
  hosts("10.0.0.1 nas.lan\n");
  ask("lan", type::aaaa);
  EXPECT_EQ(sends().size(), 1U);
}

}  // namespace
}  // namespace swapmasq::dns
