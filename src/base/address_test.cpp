#include "base/address.hpp"

#include <gtest/gtest.h>

namespace swapmasq {
namespace {

TEST(Ipv4, ReadsStrictDottedQuadsOnly) {
  EXPECT_EQ(Ipv4::parse("192.168.0.1"), (Ipv4{0xc0a80001}));
  for (const auto* text : {"", "1.2.3", "01.2.3.4", "1.2.3.4 ", "1.2.3.256", "1.2.3.4.5", "::1"}) {
    EXPECT_EQ(Ipv4::parse(text), std::nullopt) << text;
  }
  EXPECT_EQ((Ipv4{0x0a4d0001}).to_string(), "10.77.0.1");
}

TEST(Ipv4, MasksAndSubnets) {
  EXPECT_EQ(Ipv4::netmask(0).value, 0U);
  EXPECT_EQ(Ipv4::netmask(20).to_string(), "255.255.240.0");
  EXPECT_EQ(Ipv4::netmask(32).to_string(), "255.255.255.255");
  EXPECT_TRUE(Ipv4::parse("10.0.0.1")->same_subnet(*Ipv4::parse("10.0.0.200"), Ipv4::netmask(24)));
  EXPECT_FALSE(Ipv4::parse("10.0.0.1")->same_subnet(*Ipv4::parse("10.0.1.1"), Ipv4::netmask(24)));
}

TEST(IpAddress, PrefixesStayInTheirFamily) {
  const auto address = *IpAddress::parse("fd00:1::5");
  EXPECT_TRUE(address.in_prefix(*IpAddress::parse("fd00::"), 28));
  EXPECT_TRUE(address.in_prefix(*IpAddress::parse("fd00::"), 31));
  EXPECT_FALSE(address.in_prefix(*IpAddress::parse("fd00::"), 32));
  EXPECT_FALSE(address.in_prefix(*IpAddress::parse("10.0.0.0"), 0));
  EXPECT_EQ(address.to_string(), "fd00:1::5");
}

TEST(HardwareAddress, KeepsSixteenOctets) {
  const Bytes long_address(20, 0xab);
  EXPECT_EQ(HardwareAddress::from(6, long_address).length, 16);
  EXPECT_EQ(HardwareAddress::from(1, Bytes{2, 0, 0, 0, 0, 0xff}).to_string(), "02:00:00:00:00:ff");
}

}  // namespace
}  // namespace swapmasq
