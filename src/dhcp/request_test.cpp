#include "dhcp/engine_fixture.hpp"

namespace swapmasq::dhcp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class RequestTest : public EngineTest {
 protected:
  RequestTest() { usual_range(); }

  // The reason in option 56; "" for another answer than a NAK.
  std::string refused(const Message& message, std::string_view destination = "255.255.255.255",
                      std::string_view source = "0.0.0.0") {
    const auto reply = give(message, destination, source);
    if (option_of(reply, 53) != "06") return "";
    const auto text = wire::find_dhcp4_option(parsed(reply).options(), 56, 1);
    return to_text(text.value_or(ByteView{}));
  }
  void lease(std::string_view address, std::uint8_t client) { ASSERT_TRUE(give(selecting(address, client))); }
};

TEST_F(RequestTest, ForAnotherServerIsDropped) {
  EXPECT_FALSE(give(request().address(50, "10.77.0.120").address(54, "10.77.0.9")));
  EXPECT_THAT(lines(), IsEmpty());
}

TEST_F(RequestTest, ForAnotherServerIsRefusedByTheAuthoritativeOne) {
  settings.dhcp.authoritative = true;
  EXPECT_EQ(refused(request().address(50, "10.77.0.120").address(54, "10.77.0.9")), "wrong server-ID");
}

TEST_F(RequestTest, NamingTheTftpAddressOfAnotherInterfaceIsAWrongNetwork) {
  net::Interface eth1;
  eth1.index = 3;
  eth1.name = "eth1";
  eth1.addresses = {{ip("10.99.0.1"), 24, ip("10.99.0.255"), "eth1", false}};
  interfaces.push_back(eth1);
  const auto message = request().address(50, "10.77.0.120").address(54, "10.99.0.1");
  EXPECT_FALSE(give(message));
  settings.tftp.enabled = true;
  EXPECT_EQ(refused(message), "wrong network");
  EXPECT_EQ(option_of(sent(), 54), "0a630001");
}

TEST_F(RequestTest, SelectingAnotherAddressGivesUpTheOldLease) {
  lease("10.77.0.120", 1);
  lease("10.77.0.130", 1);
  EXPECT_EQ(lease_lines(), "1795211200 02:00:00:00:00:01 10.77.0.130 * *\n");
}

TEST_F(RequestTest, InitRebootNeedsItsLease) {
  EXPECT_FALSE(give(request().address(50, "10.77.0.120"))) << "unknown client: silence";
  lease("10.77.0.120", 1);
  EXPECT_EQ(option_of(give(request().address(50, "10.77.0.120")), 53), "05");
  EXPECT_EQ(refused(request().address(50, "10.77.0.121")), "wrong address");
}

TEST_F(RequestTest, AuthoritativeServerTakesUnknownClients) {
  settings.dhcp.authoritative = true;
  EXPECT_EQ(option_of(give(request(1).address(50, "10.77.0.120")), 53), "05");
  EXPECT_EQ(option_of(give(request(2).ciaddr("10.77.0.121"), "10.77.0.1", "10.77.0.121"), 53), "05");
}

TEST_F(RequestTest, RenewalOfAnUnknownLease) {
  EXPECT_FALSE(give(request().ciaddr("10.77.0.120"))) << "broadcast: another server's client";
  EXPECT_THAT(lines(), IsEmpty());
  EXPECT_EQ(refused(request().ciaddr("10.77.0.120"), "10.77.0.1", "10.77.0.120"), "lease not found");
  EXPECT_EQ(sent()->destination, ip("255.255.255.255"));
}

TEST_F(RequestTest, RenewalAnswersToWhereItCameFrom) {
  lease("10.77.0.120", 1);
  random = 1608;
  const auto ack = give(request().ciaddr("10.77.0.120"), "10.77.0.1", "10.77.0.120");
  ASSERT_TRUE(ack);
  EXPECT_EQ(ack->destination, ip("10.77.0.120"));
  EXPECT_EQ(ack->egress_interface, std::nullopt);
  EXPECT_EQ(parsed(ack).header.ciaddr, ip("10.77.0.120"));
  EXPECT_EQ(option_of(ack, 58), "00004e18") << "21600 s less the random 1608";
  EXPECT_EQ(option_of(ack, 59), "00008d60");
  random = 0xffff;
  EXPECT_EQ(option_of(give(request().ciaddr("10.77.0.120"), "10.77.0.1", "10.77.0.120"), 58), "00004c61")
      << "65535 halved until it is no more than an eighth of T1: 2047";
}

TEST_F(RequestTest, UnavailableAddresses) {
  EXPECT_EQ(refused(selecting("10.77.0.99")), "address not available");
  EXPECT_EQ(refused(selecting("10.77.0.1")), "address not available") << "the router";
  lease("10.77.0.120", 1);
  EXPECT_EQ(refused(selecting("10.77.0.120", 2)), "address in use");
  EXPECT_THAT(lines(), testing::Contains("DHCPNAK(eth0) 10.77.0.120 02:00:00:00:00:02 address in use"));
}

TEST_F(RequestTest, ConfiguredAddresses) {
  auto& one = host(1);
  one.address = ip("10.77.0.50");
  EXPECT_EQ(refused(selecting("10.77.0.50", 2)), "address not available");
  one.address = ip("10.77.0.120");
  Engine fresh{settings, leases, names, log, [] { return 0U; }};
  const auto bytes = selecting("10.77.0.120", 2).bytes();
  actions = fresh.receive({bytes, {ip("0.0.0.0"), 68, 0}, ip("255.255.255.255"), 2, false}, interfaces, now);
  EXPECT_EQ(option_of(sent(), 56), hex_text(to_bytes("address reserved")));
}

TEST_F(RequestTest, StaticLeaseIsOfferedInsteadOfARenewal) {
  lease("10.77.0.120", 1);
  settings.dhcp.hosts.clear();
  host(1).address = ip("10.77.0.50");
  Engine fresh{settings, leases, names, log, [] { return 0U; }};
  const auto bytes = request().ciaddr("10.77.0.120").bytes();
  actions = fresh.receive({bytes, {ip("10.77.0.120"), 68, 0}, ip("10.77.0.1"), 2, false}, interfaces, now);
  EXPECT_EQ(option_of(sent(), 56), hex_text(to_bytes("static lease available")));
}

TEST_F(RequestTest, RefusalReachesAClientOnAnotherSubnetDirectly) {
  auto& far = range("10.80.0.100", "10.80.0.120");
  far.netmask = ip("255.255.255.0");
  host(1).address = ip("10.80.0.50");
  Lease old;
  old.address = ip("10.80.0.105");
  old.hardware = HardwareAddress::from(1, Bytes{2, 0, 0, 0, 0, 1});
  ASSERT_TRUE(leases.restore(old));
  EXPECT_EQ(refused(request().ciaddr("10.80.0.105"), "10.77.0.1", "10.80.0.105"), "static lease available");
  EXPECT_EQ(sent()->destination, ip("10.80.0.105"));
  EXPECT_EQ(parsed(sent()).header.ciaddr, ip("10.80.0.105"));
  EXPECT_EQ(parsed(sent()).header.flags, 0);
}

TEST_F(RequestTest, LeaseOfAnotherMacOfTheSameHostIsTakenOver) {
  auto& both = host(1);
  both.hardware.push_back({std::nullopt, {2, 0, 0, 0, 0, 2}});
  both.address = ip("10.77.0.50");
  lease("10.77.0.50", 1);
  lines();
  EXPECT_EQ(offered(give(discover(2))), "10.77.0.50");
  lease("10.77.0.50", 2);
  EXPECT_THAT(lines(), testing::Contains("abandoning lease to 02:00:00:00:00:01 of 10.77.0.50"));
  EXPECT_EQ(lease_lines(), "1795211200 02:00:00:00:00:02 10.77.0.50 * *\n");
}

TEST_F(RequestTest, IgnoredClientsHearNothing) {
  host(1).ignore = true;
  EXPECT_FALSE(give(selecting("10.77.0.120")));
  EXPECT_THAT(lines(), IsEmpty());
}

TEST_F(RequestTest, FullStoreRefusesNewClientsAndRenewsOldOnes) {
  LeaseStore one{1};
  Engine small{settings, one, names, log, [] { return 0U; }};
  const auto ask = [&](const Message& message) {
    const auto bytes = message.bytes();
    actions = small.receive({bytes, {ip("0.0.0.0"), 68, 0}, ip("255.255.255.255"), 2, false}, interfaces, now);
    return sent();
  };
  EXPECT_EQ(option_of(ask(selecting("10.77.0.120", 1)), 53), "05");
  EXPECT_EQ(option_of(ask(selecting("10.77.0.121", 2)), 56), hex_text(to_bytes("no leases left")));
  EXPECT_EQ(option_of(ask(selecting("10.77.0.120", 1)), 53), "05");
}

TEST_F(RequestTest, QuietLeavesOnlyProblems) {
  settings.dhcp.quiet = true;
  give(discover());
  give(selecting("10.77.0.120"));
  give(selecting("10.77.9.9", 2));
  EXPECT_THAT(lines(), ElementsAre("DHCPNAK(eth0) 10.77.9.9 02:00:00:00:00:02 wrong network"));
}

TEST_F(RequestTest, ClientsMayShortenTheirLease) {
  const auto lease_of_wish = [&](std::uint32_t wish) {
    const auto octets = Ipv4{wish}.octets();
    return option_of(give(selecting("10.77.0.120").option(51, {octets.begin(), octets.end()})), 51);
  };
  EXPECT_EQ(lease_of_wish(600), "00000258");
  EXPECT_EQ(lease_of_wish(5), "00000078");
  EXPECT_EQ(lease_of_wish(0xffffffff), "0000a8c0");
  settings.dhcp.ranges[0].lease = settings::infinite_lease;
  EXPECT_EQ(lease_of_wish(600), "00000258");
  const auto endless = give(selecting("10.77.0.120"));
  EXPECT_EQ(option_of(endless, 51), "ffffffff");
  EXPECT_EQ(option_of(endless, 58), "absent");
  EXPECT_EQ(lease_lines(), "0 02:00:00:00:00:01 10.77.0.120 * *\n");
}

TEST_F(RequestTest, HostsOwnLeaseTimeCounts) {
  host(1).lease = 7200;
  EXPECT_EQ(option_of(give(selecting("10.77.0.120")), 51), "00001c20");
}

TEST_F(RequestTest, LeasesEndByTheClock) {
  lease("10.77.0.120", 1);
  EXPECT_EQ(engine().next_event(), at_seconds(1795211200));
  now = at_seconds(1795211200);
  actions = engine().tick(now);
  EXPECT_EQ(lease_lines(), "");
  EXPECT_TRUE(std::get<LeasesChanged>(actions.at(0)).file);
  EXPECT_EQ(engine().next_event(), std::nullopt);
}

TEST_F(RequestTest, ClientIdIsRememberedAndMayBeIgnored) {
  give(selecting("10.77.0.120").option(61, {1, 2, 0, 0, 0, 0, 1}));
  EXPECT_EQ(lease_lines(), "1795211200 02:00:00:00:00:01 10.77.0.120 * 01:02:00:00:00:00:01\n");
  EXPECT_EQ(offered(give(discover())), "10.77.0.120") << "found by MAC without client id";
  EXPECT_NE(offered(give(discover().option(61, {9, 9}))), "10.77.0.120") << "another id is another client";
  host(2).ignore_client_id = true;
  Engine fresh{settings, leases, names, log, [] { return 0U; }};
  const auto bytes = selecting("10.77.0.121", 2).option(61, {7, 7}).bytes();
  actions = fresh.receive({bytes, {ip("0.0.0.0"), 68, 0}, ip("255.255.255.255"), 2, false}, interfaces, now);
  EXPECT_EQ(leases.find(ip("10.77.0.121"))->client_id, Bytes{});
}

}  // namespace
}  // namespace swapmasq::dhcp
