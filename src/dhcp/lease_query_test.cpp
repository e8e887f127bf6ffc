#include "dhcp/engine_fixture.hpp"

namespace swapmasq::dhcp {
namespace {

using testing::ElementsAre;

class LeaseQueryTest : public EngineTest {
 protected:
  LeaseQueryTest() {
    settings.dhcp.leasequery = true;
    usual_range();
  }

  // Asked by a machine that is no client itself.
  static Message query() {
    Message message{10};
    message.header.htype = message.header.hlen = 0;
    message.header.chaddr = {};
    return message.giaddr("10.77.0.2");
  }
  std::optional<Send> ask(const Message& message) { return give(message, "10.77.0.1", "10.77.0.2"); }
};

TEST_F(LeaseQueryTest, TellsWhoHasAnAddress) {
  give(selecting("10.77.0.101").text(12, "laptop").option(82, hex("0103636964")).text(60, "MSFT"));
  lines();
  now += std::chrono::seconds{7};
  const auto reply = ask(query().ciaddr("10.77.0.101"));
  EXPECT_EQ(options_of(reply),
            "53=0d 51=0000a8b9 58=00005459 59=000093a1 91=00000007 1=ffffff00 28=0a4d00ff 3=0a4d0001 "
            "12=6c6170746f70 60=4d534654 82=0103636964 ff");
  EXPECT_EQ(parsed(reply).header.ciaddr, ip("10.77.0.101"));
  EXPECT_EQ(parsed(reply).header.hardware().to_string(), "02:00:00:00:00:01");
  EXPECT_EQ(reply->destination, ip("10.77.0.2"));
  EXPECT_EQ(reply->port, 67);
  EXPECT_THAT(lines(), ElementsAre("DHCPLEASEQUERY(eth0) 10.77.0.101 from 10.77.0.2",
                                   "DHCPLEASEACTIVE(eth0) 10.77.0.101 02:00:00:00:00:01 laptop"));
}

TEST_F(LeaseQueryTest, TellsOnlyWhatWasAskedFor) {
  give(selecting("10.77.0.101").text(12, "laptop").option(61, hex("ff01")));
  EXPECT_EQ(options_of(ask(query().option(61, hex("ff01")).option(55, {61, 12}))), "53=0d 61=ff01 12=6c6170746f70 ff");
  EXPECT_EQ(options_of(ask(query().ciaddr("10.77.0.101").option(55, {1}))), "53=0d 1=ffffff00 ff");
}

TEST_F(LeaseQueryTest, TellsWhatIsNotLeased) {
  const auto unassigned = ask(query().ciaddr("10.77.0.110"));
  EXPECT_EQ(options_of(unassigned), "53=0b ff");
  EXPECT_EQ(parsed(unassigned).header.ciaddr, ip("10.77.0.110"));
  const auto unknown = ask(query().ciaddr("10.99.0.1"));
  EXPECT_EQ(options_of(unknown), "53=0c ff");
  EXPECT_EQ(parsed(unknown).header.ciaddr, Ipv4{});
  EXPECT_EQ(options_of(ask(Message{10}.giaddr("10.77.0.2"))), "53=0c ff");
}

TEST_F(LeaseQueryTest, OnlyForThoseWhoMay) {
  settings.dhcp.leasequery_sources = {{ip("10.77.0.0"), 28}};
  EXPECT_TRUE(ask(query().ciaddr("10.77.0.110")));
  lines();
  EXPECT_FALSE(ask(query().giaddr("10.77.0.77").ciaddr("10.77.0.110")));
  EXPECT_THAT(lines(), ElementsAre("leasequery from 10.77.0.77 not permitted"));
  EXPECT_FALSE(ask(query().giaddr("0.0.0.0").ciaddr("10.77.0.110")));
  EXPECT_TRUE(ask(query().giaddr("255.255.255.255").ciaddr("10.77.0.110")));
  settings.dhcp.leasequery = false;
  EXPECT_FALSE(ask(query().ciaddr("10.77.0.110")));
}

TEST_F(LeaseQueryTest, TheQuestionIsToldEvenWhenQuiet) {
  settings.dhcp.quiet = true;
  ask(query().ciaddr("10.77.0.110"));
  EXPECT_THAT(lines(), ElementsAre("DHCPLEASEQUERY(eth0) 10.77.0.110 from 10.77.0.2"));
}

TEST_F(LeaseQueryTest, ALeaseWithoutEndHasNoTimes) {
  settings.dhcp.ranges.front().lease = settings::infinite_lease;
  give(selecting("10.77.0.101"));
  EXPECT_EQ(options_of(ask(query().ciaddr("10.77.0.101").option(55, {51, 58, 59, 91}))), "53=0d 51=ffffffff ff");
}

TEST_F(LeaseQueryTest, WhatTheClientSaidIsKeptUntilItIsNotWanted) {
  give(selecting("10.77.0.101").option(82, hex("0101ab")).text(60, "ab"));
  EXPECT_THAT(lease_lines(), testing::HasSubstr("agent-info 10.77.0.101 01:01:ab\nvendorclass 10.77.0.101 61:62\n"));
  give(request().ciaddr("10.77.0.101"), "10.77.0.1", "10.77.0.101");
  EXPECT_THAT(lease_lines(), testing::HasSubstr("agent-info"));
  settings.dhcp.leasequery = false;
  give(request().ciaddr("10.77.0.101"), "10.77.0.1", "10.77.0.101");
  EXPECT_THAT(lease_lines(), testing::Not(testing::HasSubstr("agent-info")));
}

}  // namespace
}  // namespace swapmasq::dhcp
