// How messages come in and where replies go (spec dhcpv4.md sections 2, 3 and 16).
#include "dhcp/engine_fixture.hpp"

namespace swapmasq::dhcp {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class ArrivalTest : public EngineTest {
 protected:
  net::Interface& add_interface(unsigned index, std::string name, std::string_view address, unsigned prefix = 24) {
    net::Interface interface;
    interface.index = index;
    interface.name = name;
    if (!address.empty()) {
      const auto own = ip(address);
      const Ipv4 broadcast{own.value | ~Ipv4::netmask(prefix).value};
      interface.addresses = {{own, prefix, broadcast, name, false}};
    }
    return interfaces.emplace_back(interface);
  }
  std::optional<Send> give_on(unsigned index, const Message& message, bool pxe_port = false) {
    const auto bytes = message.bytes();
    actions =
        engine().receive({bytes, {ip("10.77.0.3"), 1068, 0}, ip("255.255.255.255"), index, pxe_port}, interfaces, now);
    return sent();
  }
};

TEST_F(ArrivalTest, WhatIsNoRequestIsDropped) {
  usual_range();
  auto reply = discover();
  reply.header.op = 2;
  EXPECT_FALSE(give(reply));
  auto long_address = discover();
  long_address.header.hlen = 17;
  EXPECT_FALSE(give(long_address));
  auto no_type = discover();
  no_type.header.htype = 0;
  EXPECT_FALSE(give(no_type));
  auto bytes = discover().bytes();
  bytes[236] = 0;  // no cookie, but a message type
  actions = engine().receive({bytes, {ip("0.0.0.0"), 68, 0}, ip("255.255.255.255"), 2, false}, interfaces, now);
  EXPECT_THAT(actions, IsEmpty());
  EXPECT_FALSE(give_on(99, discover())) << "unknown interface";
  EXPECT_THAT(lines(), IsEmpty());
}

// Observed: such messages are looked at like others, but not answered.
TEST_F(ArrivalTest, MessagesOfOtherTypesAreOnlyLogged) {
  usual_range();
  settings.dhcp.log_dhcp = true;
  EXPECT_FALSE(give(Message{13}.text(60, "vc").text(12, "nm")));
  EXPECT_THAT(lines(), ElementsAre("287454020 available DHCP range: 10.77.0.100 -- 10.77.0.150",
                                   "287454020 vendor class: vc", "287454020 client provides name: nm"));
}

TEST_F(ArrivalTest, InterfaceNeedsAnAddressAndPermission) {
  usual_range();
  add_interface(3, "eth1", "");
  EXPECT_FALSE(give_on(3, discover()));
  EXPECT_THAT(lines(), ElementsAre("DHCP packet received on eth1 which has no address"));
  settings.net.no_dhcp.push_back({"eth*", true, false});
  EXPECT_FALSE(give(discover()));
  settings.net.no_dhcp.clear();
  settings.net.except_interfaces = {"eth0"};
  EXPECT_FALSE(give(discover()));
}

TEST_F(ArrivalTest, WithoutARangeTheRequestIsRefusedInTheLog) {
  range("10.99.0.100", "10.99.0.150").netmask = ip("255.255.255.0");
  EXPECT_FALSE(give(discover()));
  EXPECT_FALSE(give(discover().giaddr("172.16.0.1")));
  EXPECT_FALSE(give(discover().option(82, {5, 4, 172, 16, 0, 2}).giaddr("172.16.0.1")));
  EXPECT_THAT(lines(), ElementsAre("no address range available for DHCP request via eth0",
                                   "no address range available for DHCP request via 172.16.0.1",
                                   "no address range available for DHCP request with subnet selector 172.16.0.2"));
}

TEST_F(ArrivalTest, RangesOfLaterAddressesComeFirst) {
  interfaces[0].addresses.push_back({ip("10.78.0.1"), 24, ip("10.78.0.255"), "eth0", false});
  settings.dhcp.log_dhcp = true;
  range("10.77.0.100", "10.77.0.110");
  range("10.78.0.100", "10.78.0.110");
  range("10.77.0.120", "10.77.0.130");
  give(discover());
  const auto said = lines();
  EXPECT_THAT(std::vector(said.begin(), said.begin() + 3),
              ElementsAre("287454020 available DHCP range: 10.78.0.100 -- 10.78.0.110",
                          "287454020 available DHCP range: 10.77.0.100 -- 10.77.0.110",
                          "287454020 available DHCP range: 10.77.0.120 -- 10.77.0.130"));
}

TEST_F(ArrivalTest, StaticRangesAreLoggedAsSubnets) {
  settings.dhcp.log_dhcp = true;
  range("10.77.0.0", "10.77.0.0").kind = settings::DhcpRange::Kind::static_only;
  EXPECT_FALSE(give(discover()));
  EXPECT_THAT(lines(), ElementsAre("287454020 available DHCP subnet: 10.77.0.0/255.255.255.0",
                                   "287454020 DHCPDISCOVER(eth0) 02:00:00:00:00:01 no address available"));
}

TEST_F(ArrivalTest, NetmaskThatDoesNotFitIsTold) {
  range("10.77.0.100", "10.77.1.150");
  give(discover());
  give(discover());
  EXPECT_THAT(lines(),
              Contains("DHCP range 10.77.0.100 -- 10.77.1.150 is not consistent with netmask 255.255.255.0").Times(1));
}

// Observed: without a netmask the class decides, and what was learned stays.
TEST_F(ArrivalTest, RelayedRequestsAreServedFromTheRangeOfTheRelay) {
  range("10.80.0.100", "10.80.0.120", 3600);
  const auto offer = give(discover().giaddr("10.80.0.9"), "10.77.0.1", "10.80.0.9");
  ASSERT_TRUE(offer);
  EXPECT_EQ(offered(offer), "10.80.0.103");
  EXPECT_EQ(options_of(offer),
            "53=02 54=0a4d0001 51=00000e10 58=00000708 59=00000c4e 1=ff000000 28=0affffff "
            "3=0a500009 ff");
  EXPECT_EQ(offer->destination, ip("10.80.0.9"));
  EXPECT_EQ(offer->port, 67);
  EXPECT_EQ(offer->egress_interface, std::nullopt);
  const auto direct = give(discover());
  EXPECT_EQ(option_of(direct, 1), "ff000000");
  EXPECT_EQ(option_of(direct, 3), "0a4d0001");
  EXPECT_EQ(option_of(direct, 28), "0a4d00ff");
}

TEST_F(ArrivalTest, SubnetSelectionIsEchoed) {
  usual_range();
  range("10.80.0.100", "10.80.0.120").netmask = ip("255.255.255.0");
  const auto selected = give(discover().address(118, "10.80.0.3"));
  EXPECT_EQ(offered(selected), "10.80.0.103");
  EXPECT_EQ(option_of(selected, 118), "0a500003");
  EXPECT_EQ(option_of(selected, 3), "absent");
  const auto linked = give(discover().option(82, {5, 4, 10, 80, 0, 1}).giaddr("10.99.0.9"));
  EXPECT_EQ(option_of(linked, 118), "0a500001");
  EXPECT_EQ(linked->destination, ip("10.99.0.9"));
}

TEST_F(ArrivalTest, ServerIdOverrideIsKeptForRenewals) {
  range("10.80.0.100", "10.80.0.120").netmask = ip("255.255.255.0");
  const auto overriding = [](Message message) { return message.option(82, {11, 4, 10, 80, 0, 9}).giaddr("10.80.0.9"); };
  EXPECT_EQ(option_of(give(overriding(discover())), 54), "0a500009");
  EXPECT_FALSE(give(overriding(request().address(50, "10.80.0.105").address(54, "10.77.0.1"))));
  EXPECT_EQ(option_of(give(overriding(request().address(50, "10.80.0.105").address(54, "10.80.0.9"))), 53), "05");
  EXPECT_EQ(option_of(give(request().ciaddr("10.80.0.105"), "10.77.0.1", "10.80.0.105"), 54), "0a500009");
}

TEST_F(ArrivalTest, DhcpProxyTakesTheRelaysAddressAsServerId) {
  settings.dhcp.proxy_relays = {ip("10.80.0.9")};
  range("10.80.0.100", "10.80.0.120").netmask = ip("255.255.255.0");
  EXPECT_EQ(option_of(give(discover().giaddr("10.80.0.9")), 54), "0a500009");
  EXPECT_EQ(option_of(give(discover().giaddr("10.80.0.8")), 54), "0a4d0001");
}

TEST_F(ArrivalTest, RelayAddressOfAllOnesMeansBackToTheSource) {
  usual_range();
  const auto offer = give_on(2, discover().giaddr("255.255.255.255"));
  ASSERT_TRUE(offer);
  EXPECT_EQ(offer->destination, ip("10.77.0.3"));
  EXPECT_EQ(offer->port, 1068);
  EXPECT_EQ(parsed(offer).header.giaddr, ip("255.255.255.255"));
}

TEST_F(ArrivalTest, ClientsThatCannotBeReachedByArpGetABroadcast) {
  usual_range();
  auto flagged = discover();
  flagged.header.flags = 0x8000;
  EXPECT_EQ(give(flagged)->destination, ip("255.255.255.255"));
  auto long_address = discover();
  long_address.header.hlen = 15;
  EXPECT_EQ(give(long_address)->destination, ip("255.255.255.255"));
  EXPECT_EQ(sent()->egress_interface, 2U);
  EXPECT_FALSE(sent()->neighbour);
}

TEST_F(ArrivalTest, BridgedInterfaceLendsItsAddress) {
  usual_range();
  add_interface(7, "tap3", "");
  settings.dhcp.bridge_interfaces = {{"eth0", {"tap*"}}};
  const auto offer = give_on(7, discover());
  ASSERT_TRUE(offer);
  EXPECT_EQ(offer->egress_interface, 7U) << "the reply leaves by the real one";
  EXPECT_THAT(lines(), Contains("DHCPOFFER(eth0) 10.77.0.145 02:00:00:00:00:01 "));
  settings.dhcp.bridge_interfaces = {{"br9", {"tap3"}}};
  EXPECT_FALSE(give_on(7, discover()));
  EXPECT_THAT(lines(), ElementsAre("unknown interface br9 in bridge-interface"));
}

TEST_F(ArrivalTest, SharedNetworkAddsRangesWithoutRouter) {
  range("10.88.0.100", "10.88.0.120").netmask = ip("255.255.255.0");
  settings.dhcp.shared_networks = {{"eth0", {}, ip("10.88.0.1")}};
  const auto offer = give(discover());
  EXPECT_EQ(offered(offer).substr(0, 7), "10.88.0");
  EXPECT_EQ(option_of(offer, 54), "0a4d0001");
  EXPECT_EQ(option_of(offer, 3), "absent");
  EXPECT_EQ(option_of(offer, 28), "0a5800ff");
}

TEST_F(ArrivalTest, StartUpLinesNameTheLastRangeFirst) {
  usual_range();
  range("10.99.0.0", "10.99.0.0", settings::infinite_lease).kind = settings::DhcpRange::Kind::static_only;
  range("10.98.0.0", "10.98.0.0").kind = settings::DhcpRange::Kind::proxy;
  range("10.97.0.1", "10.97.0.2", 37805);
  engine().log_ranges();
  EXPECT_THAT(lines(), ElementsAre("DHCP, IP range 10.97.0.1 -- 10.97.0.2, lease time 10h30m5s",
                                   "DHCP, proxy on subnet 10.98.0.0",
                                   "DHCP, static leases only on 10.99.0.0, lease time infinite",
                                   "DHCP, IP range 10.77.0.100 -- 10.77.0.150, lease time 12h"));
}

}  // namespace
}  // namespace swapmasq::dhcp
