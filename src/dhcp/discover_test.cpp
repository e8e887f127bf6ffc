#include "dhcp/engine_fixture.hpp"

namespace swapmasq::dhcp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DiscoverTest : public EngineTest {
 protected:
  const Ping& last_ping() const { return std::get<Ping>(actions.back()); }
  bool pings() const { return !actions.empty() && std::holds_alternative<Ping>(actions.back()); }
  std::optional<Send> answer_ping(PingId id, bool answered) {
    actions = engine().ping_finished(id, answered, now);
    return sent();
  }
};

// Spec section 7: observed at the reference for these clients.
TEST_F(DiscoverTest, HashOfTheHardwareAddressDecidesTheAddress) {
  range("10.77.0.100", "10.77.0.105");
  EXPECT_EQ(offered(give(discover(0x01))), "10.77.0.103");
  EXPECT_EQ(offered(give(discover(0x02))), "10.77.0.104");
  EXPECT_EQ(offered(give(discover(0x05))), "10.77.0.101");
  EXPECT_EQ(offered(give(discover(0x14))), "10.77.0.104");
  EXPECT_EQ(offered(give(discover(0x04))), "10.77.0.100");
  EXPECT_EQ(offered(give(discover(0xff))), "10.77.0.105");
  EXPECT_EQ(offered(give(discover(0x01))), "10.77.0.103") << "an offer reserves nothing and changes nothing";
}

TEST_F(DiscoverTest, SearchGoesUpwardAndWrapsPastLeasesHostsAndTheRouter) {
  range("10.77.0.1", "10.77.0.5");  // the server itself is .1
  host(8).address = ip("10.77.0.3");
  give(selecting("10.77.0.2", 9));
  for (std::uint8_t client = 20; client < 40; ++client) {
    EXPECT_THAT(offered(give(discover(client))), testing::AnyOf("10.77.0.4", "10.77.0.5"));
  }
  give(selecting("10.77.0.4", 10));
  give(selecting("10.77.0.5", 11));
  lines();
  EXPECT_FALSE(give(discover(30)));
  EXPECT_THAT(lines(), ElementsAre("DHCPDISCOVER(eth0) 02:00:00:00:00:1e no address available"));
}

TEST_F(DiscoverTest, ClassCEdgesAreNotGivenAway) {
  interfaces[0].addresses = {{ip("192.168.0.1"), 22, ip("192.168.3.255"), "eth0", false}};
  range("192.168.0.255", "192.168.1.1");
  EXPECT_EQ(offered(give(discover(1))), "192.168.1.1");
  EXPECT_EQ(offered(give(discover(2))), "192.168.1.1");
}

TEST_F(DiscoverTest, RequestedAddressIsOfferedWhenFree) {
  usual_range();
  EXPECT_EQ(offered(give(discover().address(50, "10.77.0.120"))), "10.77.0.120");
  give(selecting("10.77.0.120", 2));
  EXPECT_EQ(offered(give(discover().address(50, "10.77.0.120"))), "10.77.0.145") << "leased: the hash decides";
  EXPECT_EQ(offered(give(discover().address(50, "10.77.0.99"))), "10.77.0.145") << "outside the range";
}

TEST_F(DiscoverTest, OwnLeaseComesBeforeTheRequestedAddress) {
  usual_range();
  give(selecting("10.77.0.130"));
  EXPECT_EQ(offered(give(discover().address(50, "10.77.0.120"))), "10.77.0.130");
}

TEST_F(DiscoverTest, ConfiguredAddressHasProblemsThatAreTold) {
  usual_range();
  host(1).address = ip("10.77.0.50");
  EXPECT_EQ(offered(give(discover())), "10.77.0.50") << "outside the bounds of the range";
  Lease other;
  other.address = ip("10.77.0.50");
  other.hardware = HardwareAddress::from(1, Bytes{2, 0, 0, 0, 0, 9});
  ASSERT_TRUE(leases.restore(other));
  lines();
  EXPECT_EQ(offered(give(discover())), "10.77.0.145");
  EXPECT_THAT(lines(),
              ElementsAre("not using configured address 10.77.0.50 because it is leased to 02:00:00:00:00:09",
                          "DHCPDISCOVER(eth0) 02:00:00:00:00:01 ", "DHCPOFFER(eth0) 10.77.0.145 02:00:00:00:00:01 "));
}

TEST_F(DiscoverTest, TheServersOwnAddressIsNotGivenToAHost) {
  usual_range();
  host(1).address = ip("10.77.0.1");
  give(discover());
  EXPECT_EQ(lines().front(), "not using configured address 10.77.0.1 because it is in use by the server or relay");
}

TEST_F(DiscoverTest, AddressesOfHostsArePassedOver) {
  range("10.1.0.1", "10.1.255.254").netmask = ip("255.255.0.0");
  for (auto address = ip("10.1.0.1").value; address < ip("10.1.255.254").value; ++address) {
    settings.dhcp.hosts.emplace_back().address = Ipv4{address};
  }
  auto message = discover();
  message.giaddr("10.1.0.9");
  EXPECT_EQ(offered(give(message, "10.77.0.1", "10.1.0.9")), "10.1.255.254");
  message.header.chaddr[5] = 2;
  settings.dhcp.no_ping = true;
  EXPECT_TRUE(give(selecting("10.1.255.254", 1).giaddr("10.1.0.9"), "10.77.0.1", "10.1.0.9"));
  EXPECT_FALSE(give(message, "10.77.0.1", "10.1.0.9")) << "the only one is taken";
}

TEST_F(DiscoverTest, ClientWithoutIdentityGetsNothing) {
  usual_range();
  auto message = discover();
  message.header.hlen = 0;
  message.header.htype = 0;
  EXPECT_FALSE(give(message));
  EXPECT_THAT(lines(), ElementsAre("DHCPDISCOVER(eth0) <null> no unique-id"));
  EXPECT_TRUE(give(message.option(61, {1, 2, 3, 4}))) << "a client id of more than three octets will do";
}

TEST_F(DiscoverTest, IgnoredClientsAreToldOfOrNot) {
  usual_range();
  host(1).ignore = true;
  EXPECT_FALSE(give(discover()));
  EXPECT_THAT(lines(), ElementsAre("DHCPDISCOVER(eth0) 02:00:00:00:00:01 ignored"));
  settings.dhcp.quiet = true;
  settings.dhcp.log_dhcp = true;
  give(discover());
  EXPECT_THAT(lines(), ElementsAre("287454020 available DHCP range: 10.77.0.100 -- 10.77.0.150"));
}

TEST_F(DiscoverTest, SequentialAddressesFollowTheHighestLease) {
  usual_range();
  settings.dhcp.sequential_ip = true;
  EXPECT_EQ(offered(give(discover(1))), "10.77.0.100");
  EXPECT_EQ(offered(give(discover(2))), "10.77.0.100") << "without pings offers reserve nothing";
  give(selecting("10.77.0.104", 1));
  EXPECT_EQ(offered(give(discover(2))), "10.77.0.105");
}

TEST_F(DiscoverTest, ADeclinedAddressIsPassedOver) {
  usual_range();
  give(selecting("10.77.0.145"));
  EXPECT_FALSE(give(Message{4}.address(50, "10.77.0.145").address(54, "10.77.0.1").option(56, {'d', 1, 'p'})));
  EXPECT_EQ(lines().back(), "DHCPDECLINE(eth0) 10.77.0.145 02:00:00:00:00:01 dp");
  EXPECT_EQ(offered(give(discover())), "10.77.0.146");
}

TEST_F(DiscoverTest, PingHoldsUpOnlyItsOwnClient) {
  settings.dhcp.no_ping = false;
  usual_range();
  EXPECT_FALSE(give(discover(1)));
  ASSERT_TRUE(pings());
  const auto first = last_ping();
  EXPECT_EQ(first.address, ip("10.77.0.145"));
  EXPECT_EQ(first.timeout, std::chrono::seconds{3});
  EXPECT_THAT(lines(), IsEmpty()) << "the line comes with the decision";

  EXPECT_FALSE(give(discover(2)));
  const auto second = last_ping();
  EXPECT_NE(second.id, first.id);
  EXPECT_EQ(offered(answer_ping(second.id, false)), "10.77.0.146");
  EXPECT_EQ(offered(answer_ping(first.id, false)), "10.77.0.145");
  EXPECT_THAT(lines(),
              ElementsAre("DHCPDISCOVER(eth0) 02:00:00:00:00:02 ", "DHCPOFFER(eth0) 10.77.0.146 02:00:00:00:00:02 ",
                          "DHCPDISCOVER(eth0) 02:00:00:00:00:01 ", "DHCPOFFER(eth0) 10.77.0.145 02:00:00:00:00:01 "));
  EXPECT_FALSE(answer_ping(first.id, false)) << "an id is answered once";

  EXPECT_EQ(offered(give(discover(1))), "10.77.0.145") << "remembered for 30 s";
  now += std::chrono::seconds{30};
  EXPECT_FALSE(give(discover(1)));
  EXPECT_TRUE(pings());
}

TEST_F(DiscoverTest, AddressInUseMovesTheSearchOn) {
  settings.dhcp.no_ping = false;
  usual_range();
  give(discover());
  EXPECT_FALSE(answer_ping(last_ping().id, true));
  ASSERT_TRUE(pings());
  EXPECT_EQ(last_ping().address, ip("10.77.0.146"));
  EXPECT_EQ(offered(answer_ping(last_ping().id, false)), "10.77.0.146");
  EXPECT_EQ(offered(give(discover())), "10.77.0.146") << "the offset of the range has grown";
}

TEST_F(DiscoverTest, RequestedAddressInUseIsNotOffered) {
  settings.dhcp.no_ping = false;
  usual_range();
  give(discover().address(50, "10.77.0.120"));
  EXPECT_EQ(last_ping().address, ip("10.77.0.120"));
  EXPECT_FALSE(answer_ping(last_ping().id, true));
  EXPECT_EQ(last_ping().address, ip("10.77.0.145"));
}

TEST_F(DiscoverTest, RepeatedDiscoversShareOnePing) {
  settings.dhcp.no_ping = false;
  usual_range();
  give(discover());
  const auto id = last_ping().id;
  give(discover());
  EXPECT_TRUE(actions.empty());
  actions = engine().ping_finished(id, false, now);
  EXPECT_EQ(actions.size(), 2U) << "each is answered";
}

TEST_F(DiscoverTest, AnAddressLeasedDuringThePingIsNotOffered) {
  settings.dhcp.no_ping = false;
  usual_range();
  give(discover(1));
  const auto id = last_ping().id;
  give(selecting("10.77.0.145", 7));
  EXPECT_FALSE(answer_ping(id, false));
  EXPECT_EQ(last_ping().address, ip("10.77.0.146"));
}

TEST_F(DiscoverTest, AfterSixChecksOffersAreMadeUnchecked) {
  settings.dhcp.no_ping = false;
  usual_range();
  for (std::uint8_t client = 1; client <= 6; ++client) {
    EXPECT_FALSE(give(discover(client)));
    EXPECT_FALSE(give(discover(client)));
  }
  EXPECT_TRUE(give(discover(7)));
}

TEST_F(DiscoverTest, SequentialSearchLeavesAnAddressToWhomItWasCheckedFor) {
  settings.dhcp.no_ping = false;
  settings.dhcp.sequential_ip = true;
  usual_range();
  give(discover(1));
  const auto id = last_ping().id;
  give(discover(2));
  EXPECT_EQ(last_ping().address, ip("10.77.0.101"));
  EXPECT_EQ(offered(answer_ping(id, false)), "10.77.0.100");
  EXPECT_EQ(offered(give(discover(1))), "10.77.0.100");
}

TEST_F(DiscoverTest, OnLoopbackNothingIsPinged) {
  settings.dhcp.no_ping = false;
  interfaces[0].loopback = true;
  usual_range();
  EXPECT_TRUE(give(discover()));
}

TEST_F(DiscoverTest, ReplyDelayHoldsUpOnlyItsClient) {
  usual_range();
  settings.dhcp.log_dhcp = true;
  settings.dhcp_matching.macs.push_back({"slow", {std::nullopt, {2, 0, 0, 0, 0, 1}}});
  settings.dhcp_matching.reply_delays.push_back({{{"slow", false}}, 2});
  EXPECT_FALSE(give(discover(1)));
  EXPECT_TRUE(give(discover(2)));
  const auto due = at_seconds(seconds_of(now) + 3);
  EXPECT_EQ(engine().next_event(), due);
  const auto before = lines();
  EXPECT_EQ(std::ranges::count(before, "287454020 reply delay: 2"), 1);
  EXPECT_EQ(std::ranges::count(before, "287454020 DHCPOFFER(eth0) 10.77.0.145 02:00:00:00:00:01 "), 0);
  actions = engine().tick(due);
  EXPECT_EQ(offered(sent()), "10.77.0.145");
}

TEST_F(DiscoverTest, RapidCommitAcknowledgesAtOnce) {
  usual_range();
  settings.dhcp.rapid_commit = true;
  const auto ack = give(discover().option(80, {}).text(12, "bb"));
  EXPECT_EQ(options_of(ack),
            "53=05 54=0a4d0001 51=0000a8c0 80= 58=00005460 59=000093a8 1=ffffff00 28=0a4d00ff "
            "3=0a4d0001 12=6262 ff");
  EXPECT_THAT(lines(),
              ElementsAre("DHCPDISCOVER(eth0) 02:00:00:00:00:01 ", "DHCPACK(eth0) 10.77.0.145 02:00:00:00:00:01 bb"));
  EXPECT_EQ(lease_lines(), "1795211200 02:00:00:00:00:01 10.77.0.145 bb *\n");
}

}  // namespace
}  // namespace swapmasq::dhcp
