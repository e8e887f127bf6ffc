#include "dns/reverse_name.hpp"

#include <gtest/gtest.h>

namespace swapmasq::dns {
namespace {

std::string address(std::string_view name) {
  const auto found = address_of_reverse_name(wire::DnsName::from_text(name)->wire());
  return found ? found->to_string() : "none";
}

TEST(ReverseName, MissingLabelsAreZero) {
  EXPECT_EQ(address("4.3.2.1.in-addr.arpa"), "1.2.3.4");
  EXPECT_EQ(address("1.1.10.in-addr.arpa"), "10.1.1.0");
  EXPECT_EQ(address("192.in-addr.arpa"), "192.0.0.0");
  EXPECT_EQ(address("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa"), "fd00::1");
  EXPECT_EQ(address("d.f.ip6.int"), "fd00::");
}

TEST(ReverseName, OtherNamesAreNoAddresses) {
  for (const auto* name : {"in-addr.arpa", "x.1.in-addr.arpa", "256.1.in-addr.arpa", "5.4.3.2.1.in-addr.arpa", "arpa",
                           "10.d.ip6.arpa", "g.ip6.arpa", "example.org"})
    EXPECT_EQ(address(name), "none") << name;
}

TEST(ReverseName, PrivateRanges) {
  for (const auto* text : {"0.1.2.3", "127.0.0.1", "10.1.1.1", "100.64.0.1", "172.31.0.1", "192.168.0.1", "169.254.1.1",
                           "192.0.2.1", "198.51.100.1", "203.0.113.1", "255.255.255.255", "::", "::1", "fe80::1",
                           "fec0::1", "fc00::1", "fd00::1", "2001:db8::1", "::ffff:10.0.0.1"})
    EXPECT_TRUE(is_private(*IpAddress::parse(text))) << text;
  for (const auto* text : {"8.8.8.8", "100.128.0.1", "172.32.0.1", "224.0.0.1", "198.18.0.1", "192.0.0.1", "64:ff9b::1",
                           "ff02::1", "2001:db9::1", "::ffff:8.8.8.8"})
    EXPECT_FALSE(is_private(*IpAddress::parse(text))) << text;
}

}  // namespace
}  // namespace swapmasq::dns
