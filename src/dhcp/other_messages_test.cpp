// DHCPRELEASE, DHCPINFORM and BOOTP (spec dhcpv4.md sections 6.4, 6.5 and 12).
#include "dhcp/engine_fixture.hpp"

namespace swapmasq::dhcp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class OtherMessagesTest : public EngineTest {
 protected:
  OtherMessagesTest() { usual_range(); }
  Message inform(std::string_view address) { return Message{8}.ciaddr(address); }
  Message bootp(std::uint8_t client = 1) { return Message{0, client}; }
};

TEST_F(OtherMessagesTest, ReleaseEndsTheLease) {
  const auto release = Message{7}.address(54, "10.77.0.1").ciaddr("10.77.0.120");
  give(selecting("10.77.0.120"));
  lines();
  EXPECT_FALSE(give(Message{7}.address(54, "10.77.0.9").ciaddr("10.77.0.120")));
  EXPECT_FALSE(give(release));
  EXPECT_FALSE(give(release));
  EXPECT_THAT(lines(), ElementsAre("DHCPRELEASE(eth0) 10.77.0.120 02:00:00:00:00:01 ",
                                   "DHCPRELEASE(eth0) 10.77.0.120 02:00:00:00:00:01 unknown lease"));
  EXPECT_EQ(lease_lines(), "");
}

TEST_F(OtherMessagesTest, InformGivesOptionsAndNoLease) {
  const auto ack = give(inform("10.77.0.120").text(12, "q.foo.org"), "255.255.255.255", "10.77.0.120");
  EXPECT_EQ(options_of(ack), "53=05 54=0a4d0001 1=ffffff00 28=0a4d00ff 3=0a4d0001 12=71 ff");
  EXPECT_EQ(ack->destination, ip("10.77.0.120"));
  EXPECT_EQ(parsed(ack).header.yiaddr, Ipv4{});
  EXPECT_THAT(lines(), ElementsAre("DHCPINFORM(eth0) 10.77.0.120 02:00:00:00:00:01 ",
                                   "DHCPACK(eth0) 10.77.0.120 02:00:00:00:00:01 q"));
  EXPECT_EQ(lease_lines(), "");
}

TEST_F(OtherMessagesTest, InformFromElsewhereGetsNoDefaults) {
  option(42, {0, 0, 0, 0}, settings::DhcpOption::Encoding::addresses);
  const auto ack = give(inform("10.1.1.1"));
  EXPECT_EQ(options_of(ack), "53=05 54=0a4d0001 42=00000000 ff");
  EXPECT_EQ(parsed(ack).header.siaddr, Ipv4{});
  EXPECT_EQ(ack->destination, ip("10.1.1.1"));
}

TEST_F(OtherMessagesTest, InformTellsTheRestOfALeaseWhenAsked) {
  give(selecting("10.77.0.145").text(12, "nm"));
  now += std::chrono::seconds{100};
  EXPECT_EQ(option_of(give(inform("10.77.0.145").option(55, {1, 51})), 51), "0000a85c");
  EXPECT_EQ(option_of(give(inform("10.77.0.145").option(55, {1})), 51), "absent");
  EXPECT_EQ(option_of(give(inform("10.77.0.145")), 12), "absent") << "a client with a lease that sends no name";
}

TEST_F(OtherMessagesTest, InformWithoutAddressOrFromIgnoredClients) {
  EXPECT_FALSE(give(inform("0.0.0.0")));
  settings.dhcp.ignore = {{{"eth0", false}}};
  EXPECT_FALSE(give(inform("10.77.0.120")));
  EXPECT_THAT(lines(), ElementsAre("DHCPINFORM(eth0) 0.0.0.0 02:00:00:00:00:01 ",
                                   "DHCPINFORM(eth0) 10.77.0.120 02:00:00:00:00:01 ignored"));
}

TEST_F(OtherMessagesTest, BootpClientsNeedPermissionForDynamicAddresses) {
  EXPECT_FALSE(give(bootp()));
  EXPECT_THAT(lines(), ElementsAre("BOOTP(eth0) 02:00:00:00:00:01 no address configured"));
  settings.dhcp.bootp_dynamic = {{}};
  const auto reply = give(bootp());
  EXPECT_EQ(offered(reply), "10.77.0.145");
  EXPECT_EQ(reply->bytes.size(), 300U);
  EXPECT_EQ(lease_lines(), "0 02:00:00:00:00:01 10.77.0.145 * *\n") << "for ever";
  EXPECT_EQ(offered(give(bootp())), "10.77.0.145");
}

TEST_F(OtherMessagesTest, BootpDynamicAddressesAreChecked) {
  settings.dhcp.no_ping = false;
  settings.dhcp.bootp_dynamic = {{}};
  EXPECT_FALSE(give(bootp()));
  const auto ping = std::get<Ping>(actions.at(0));
  actions = engine().ping_finished(ping.id, false, now);
  EXPECT_EQ(offered(sent()), "10.77.0.145");
}

TEST_F(OtherMessagesTest, BootpRefusals) {
  auto& fixed = host(1);
  fixed.address = ip("10.77.0.50");
  give(selecting("10.77.0.120", 2));
  Lease other;
  other.address = ip("10.77.0.50");
  other.hardware = HardwareAddress::from(1, Bytes{2, 0, 0, 0, 0, 9});
  ASSERT_TRUE(leases.restore(other));
  lines();
  give(bootp());
  settings.dhcp.ignore = {{{"bootp", false}}};
  give(bootp());
  EXPECT_THAT(lines(), ElementsAre("BOOTP(eth0) 10.77.0.50 02:00:00:00:00:01 address in use",
                                   "BOOTP(eth0) 10.77.0.50 02:00:00:00:00:01 ignored"));
  auto without_address = bootp();
  without_address.header.hlen = 0;
  EXPECT_FALSE(give(without_address));
  EXPECT_THAT(lines(), IsEmpty());
}

// Observed: the tags of a client that is turned away are not logged.
TEST_F(OtherMessagesTest, BootpTagsAreLoggedForClientsThatAreConsidered) {
  settings.dhcp.log_dhcp = true;
  give(bootp());
  EXPECT_THAT(lines(),
              ElementsAre("287454020 available DHCP range: 10.77.0.100 -- 10.77.0.150", "287454020 tags: bootp, eth0",
                          "287454020 BOOTP(eth0) 02:00:00:00:00:01 no address configured"));
  settings.dhcp.ignore = {{{"bootp", false}}};
  give(bootp());
  EXPECT_THAT(lines(), ElementsAre("287454020 available DHCP range: 10.77.0.100 -- 10.77.0.150",
                                   "287454020 BOOTP(eth0) 02:00:00:00:00:01 ignored"));
}

TEST_F(OtherMessagesTest, BootpOptionsEndAtTheVendorArea) {
  host(1).address = ip("10.77.0.50");
  text_option(40, std::string(30, 'x'));
  text_option(41, std::string(30, 'y'));
  const auto reply = give(bootp());
  EXPECT_EQ(reply->bytes.size(), 300U);
  EXPECT_NE(option_of(reply, 41), "absent");
  EXPECT_EQ(option_of(reply, 40), "absent");
  EXPECT_THAT(lines(), testing::Contains("cannot send DHCP/BOOTP option 40: no space left in packet"));
}

}  // namespace
}  // namespace swapmasq::dhcp
