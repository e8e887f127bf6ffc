#include "normalise.hpp"

#include <gtest/gtest.h>

namespace swapmasq::compat {
namespace {

TEST(Normalise, HidesPidAndTimeOnly) {
  EXPECT_EQ(normalise_line("<30>Nov 20 08:23:36 dnsmasq-dhcp[32643]: DHCPACK(eth0) 10.0.0.5 02:00:00:00:00:01 x"),
            "<30><TIME> dnsmasq-dhcp[PID]: DHCPACK(eth0) 10.0.0.5 02:00:00:00:00:01 x");
  EXPECT_EQ(normalise_line("Nov  2 08:24:07 dnsmasq[1050]: started, version 2.93 cachesize 150"),
            "<TIME> dnsmasq[PID]: started, version 2.93 cachesize 150");
  EXPECT_EQ(normalise_line("dnsmasq: using nameserver 10.0.0.1#53"), "dnsmasq: using nameserver 10.0.0.1#53");
}

TEST(Normalise, HidesTheFeatureList) {
  EXPECT_EQ(normalise_line("dnsmasq: compile time options: IPv6 DHCP no-Lua"),
            "dnsmasq: compile time options: <OPTIONS>");
}

TEST(Normalise, HidesClientPortsOfTheLongQueryLog) {
  EXPECT_EQ(normalise_line("dnsmasq[1]: 7 10.77.0.2/40123 query[A] x from 10.77.0.2"),
            "dnsmasq[PID]: 7 10.77.0.2/<PORT> query[A] x from 10.77.0.2");
}

TEST(Normalise, KnowsOurOwnFiles) {
  EXPECT_TRUE(names_own_file("dnsmasq.control"));
  EXPECT_FALSE(names_own_file("dnsmasq.pid"));
}

TEST(Normalise, TurnsLeaseExpiryIntoTimeLeft) {
  EXPECT_EQ(
      normalise_leases("4599 02:00:00:00:00:01 10.0.0.5 x *\n0 02:00:00:00:00:02 10.0.0.6 * *\nduid 00:01\n", 1000),
      "<EXPIRES IN 60m> 02:00:00:00:00:01 10.0.0.5 x *\n0 02:00:00:00:00:02 10.0.0.6 * *\nduid 00:01\n");
}

TEST(Normalise, NetbootsLeaveOutWhatDependsOnTheFirmwaresVersion) {
  EXPECT_EQ(normalise_netboot_log("dnsmasq-tftp: sent /srv/a to 10.0.0.1\n"
                                  "dnsmasq-tftp: file /srv/autoexec.ipxe not found for 10.0.0.1\n"
                                  "dnsmasq-tftp: file /srv/pxelinux.cfg/cf7f3014-0bfc-4c09-a9c2-c889f78a3fee not found "
                                  "for 10.0.0.1\n"
                                  "dnsmasq-dhcp: 1 requested options: 26:mtu, 42:ntp-server\n"),
            "dnsmasq-tftp: sent /srv/a to 10.0.0.1\n");
}

TEST(Normalise, CountsRepeatedNetbootRequestsOnce) {
  EXPECT_EQ(normalise_netboot_log("dnsmasq-dhcp: 3587244887 DHCPDISCOVER(eth1) m \n"
                                  "dnsmasq-dhcp: 3587244887 DHCPOFFER(eth1) a m \n"
                                  "dnsmasq-dhcp: 804374645 DHCPDISCOVER(eth1) m \n"
                                  "dnsmasq-dhcp: 804374645 DHCPOFFER(eth1) a m \n"
                                  "dnsmasq-dhcp: 804374645 DHCPREQUEST(eth1) a m \n"),
            "dnsmasq-dhcp: <XID> DHCPDISCOVER(eth1) m \n"
            "dnsmasq-dhcp: <XID> DHCPOFFER(eth1) a m \n"
            "dnsmasq-dhcp: <XID> DHCPREQUEST(eth1) a m \n");
}

}  // namespace
}  // namespace swapmasq::compat
