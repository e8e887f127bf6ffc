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

}  // namespace
}  // namespace swapmasq::dns
