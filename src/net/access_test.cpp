#include "net/access.hpp"

#include <gtest/gtest.h>

namespace swapmasq::net {
namespace {

const IpAddress kLan = *IpAddress::parse("192.168.0.1");
const IpAddress kOther = *IpAddress::parse("10.0.0.1");
const IpAddress kLabelled = *IpAddress::parse("192.168.5.1");
const IpAddress kLoopback = *IpAddress::parse("127.0.0.1");

Interfaces host() {
  return {{.index = 1,
           .name = "lo",
           .loopback = true,
           .addresses = {{.address = kLoopback, .prefix_length = 8, .label = "lo"}}},
          {.index = 2,
           .name = "eth0",
           .addresses = {{.address = kLan, .prefix_length = 24, .label = "eth0"},
                         {.address = kLabelled, .prefix_length = 24, .label = "eth0:1"}}},
          {.index = 3, .name = "eth1", .addresses = {{.address = kOther, .prefix_length = 24, .label = "eth1"}}}};
}

TEST(Pattern, StarStandsForAtLeastOneCharacter) {
  EXPECT_TRUE(matches_pattern("et*", "eth0"));
  EXPECT_TRUE(matches_pattern("eth0*", "eth0:1"));
  EXPECT_FALSE(matches_pattern("eth0*", "eth0"));
  EXPECT_TRUE(matches_pattern("et*anything", "eth0"));
  EXPECT_FALSE(matches_pattern("Eth0", "eth0"));
}

TEST(Access, WithoutRulesEverythingIsServed) {
  const settings::Net net;
  EXPECT_TRUE(Access{net}.accepts("eth7", false, kOther));
}

TEST(Access, AnInterfaceLineBringsLoopbackAlong) {
  const settings::Net net{.interfaces = {"eth0"}};
  const Access access{net};
  EXPECT_TRUE(access.accepts("eth0", false, kLan));
  EXPECT_TRUE(access.accepts("lo", true, kLoopback));
  EXPECT_FALSE(access.accepts("eth1", false, kOther));
}

TEST(Access, ListenAddressAloneDoesNotBringLoopback) {
  const settings::Net net{.listen_addresses = {kLan}};
  const Access access{net};
  EXPECT_TRUE(access.accepts("eth0", false, kLan));
  EXPECT_FALSE(access.accepts("lo", true, kLoopback));
}

TEST(Access, ListenAddressBeatsExceptBeatsInterface) {
  const settings::Net net{
      .interfaces = {"eth0", "eth1"}, .except_interfaces = {"eth0", "eth1"}, .listen_addresses = {kLan}};
  const Access access{net};
  EXPECT_TRUE(access.accepts("eth0", false, kLan));
  EXPECT_FALSE(access.accepts("eth1", false, kOther));
}

TEST(Access, AnEmptyInterfaceMeansLoopbackOnly) {
  const settings::Net net{.interfaces = {""}};
  EXPECT_TRUE(Access{net}.accepts("lo", true, kLoopback));
  EXPECT_FALSE(Access{net}.accepts("eth0", false, kLan));
}

TEST(Access, ALocalClientMayUseTheAddressOfAServedInterface) {
  const settings::Net net{.interfaces = {"eth0"}, .except_interfaces = {"lo"}};
  const auto interfaces = host();
  EXPECT_TRUE(Access{net}.accepts_arrival(interfaces, interfaces[0], kLan, true));
  EXPECT_FALSE(Access{net}.accepts_arrival(interfaces, interfaces[0], kLoopback, true));
}

TEST(Access, LabelsAreAddressesNotArrivalInterfacesAndForUdpOnly) {
  const settings::Net net{.interfaces = {"eth0:1"}};
  const auto interfaces = host();
  const Access access{net};
  EXPECT_TRUE(access.accepts_arrival(interfaces, interfaces[1], kLabelled, true));
  EXPECT_FALSE(access.accepts_arrival(interfaces, interfaces[1], kLabelled, false));
  EXPECT_FALSE(access.accepts_arrival(interfaces, interfaces[1], kLan, true));
}

TEST(Access, EnableTftpWithInterfacesReplacesTheOtherRules) {
  const settings::Net net{.except_interfaces = {"eth0"}};
  const auto interfaces = host();
  settings::Tftp tftp{.enabled = true};
  EXPECT_FALSE(Access{net}.accepts_tftp_arrival(tftp, interfaces, interfaces[1], kLan));
  tftp.interfaces = {"eth0"};
  EXPECT_TRUE(Access{net}.accepts_tftp_arrival(tftp, interfaces, interfaces[1], kLan));
  EXPECT_FALSE(Access{net}.accepts_tftp_arrival(tftp, interfaces, interfaces[2], kOther));
}

TEST(Access, NoDhcpInterfaceStopsTftpDependingOnTheMode) {
  const settings::Net v4_only{.no_dhcp = {{.interface = "eth0", .dhcp4 = true, .dhcp6 = false}}};
  const auto interfaces = host();
  const settings::Tftp tftp{.enabled = true};
  EXPECT_TRUE(Access{v4_only}.accepts_tftp_arrival(tftp, interfaces, interfaces[1], kLan));
  EXPECT_FALSE(Access{v4_only}.tftp_on_bound_address(tftp, "eth0"));
  EXPECT_TRUE(Access{v4_only}.dhcp4_forbidden("eth0"));
}

TEST(Access, InterfacesOfEnableTftpDecideAlone) {
  const settings::Net no_dhcp{.no_dhcp = {{.interface = "eth0", .dhcp4 = true, .dhcp6 = true}}};
  const auto interfaces = host();
  const settings::Tftp tftp{.enabled = true, .interfaces = {"eth0"}};
  EXPECT_TRUE(Access{no_dhcp}.accepts_tftp_arrival(tftp, interfaces, interfaces[1], kLan));
  EXPECT_TRUE(Access{no_dhcp}.tftp_on_bound_address(tftp, "eth0"));
  EXPECT_FALSE(Access{no_dhcp}.tftp_on_bound_address(tftp, "eth1"));
}

TEST(Access, DhcpFallsBackToAnotherListenAddress) {
  const settings::Net net{.listen_addresses = {kLabelled}};
  const auto interfaces = host();
  EXPECT_EQ(Access{net}.dhcp4_local_address(interfaces[1])->address, kLabelled);
  EXPECT_FALSE(Access{net}.dhcp4_local_address(interfaces[2]).has_value());
}

TEST(MissingInterfaces, NamesAndPatternsWithoutAMatch) {
  const settings::Net net{.interfaces = {"eth0", "eth9", "", "wl*", "eth0:1"}};
  EXPECT_EQ(missing_interfaces(net, host()), (std::vector<std::string>{"eth9", "wl*"}));
}

}  // namespace
}  // namespace swapmasq::net
