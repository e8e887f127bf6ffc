#include "base/private_ranges.hpp"

#include <gtest/gtest.h>

namespace swapmasq {
namespace {

bool counts(const char* text) { return is_private(*IpAddress::parse(text)); }
bool counts_without_loopback(const char* text) { return is_private(*IpAddress::parse(text), Loopback::excepted); }

// Each row observed at the reference (spec dns-forwarding.md section 9.1).
TEST(PrivateRanges, AreTheReferences) {
  for (const auto* text : {"0.1.2.3",         "127.0.0.1",   "10.1.1.1",  "100.64.0.1",   "172.31.255.255",
                           "192.168.1.1",     "169.254.0.1", "192.0.2.1", "198.51.100.7", "203.0.113.9",
                           "255.255.255.255", "::",          "::1",       "fe80::1",      "febf::1",
                           "fec0::1",         "fc00::1",     "fd12::1",   "2001:db8::1",  "::ffff:10.0.0.1"}) {
    EXPECT_TRUE(counts(text)) << text;
  }
  for (const auto* text : {"1.1.1.1", "224.0.0.1", "198.18.0.1", "192.0.0.1", "172.32.0.1", "64:ff9b::1", "ff02::1",
                           "2001:db9::1", "::ffff:8.8.8.8", "::2"}) {
    EXPECT_FALSE(counts(text)) << text;
  }
}

TEST(PrivateRanges, LoopbackCanBeExcepted) {
  for (const auto* text : {"0.0.0.0", "127.0.0.1", "::", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_FALSE(counts_without_loopback(text)) << text;
  }
  EXPECT_TRUE(counts_without_loopback("10.0.0.1"));
}

}  // namespace
}  // namespace swapmasq
