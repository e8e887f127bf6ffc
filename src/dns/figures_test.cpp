#include "dns/figures.hpp"

#include <gtest/gtest.h>

namespace swapmasq::dns {
namespace {

Endpoint server(const char* address) { return {.address = *IpAddress::parse(address), .port = 53}; }

TEST(Figures, add_up) {
  Figures sum{.forwarded = 1, .answered_locally = 2, .answered_stale = 3, .insertions = 4, .evictions = 5};
  sum.add(Figures{.forwarded = 10, .answered_locally = 20, .answered_stale = 30, .insertions = 40, .evictions = 50});
  EXPECT_EQ(sum.forwarded, 11U);
  EXPECT_EQ(sum.answered_locally, 22U);
  EXPECT_EQ(sum.answered_stale, 33U);
  EXPECT_EQ(sum.insertions, 44U);
  EXPECT_EQ(sum.evictions, 55U);
}

TEST(Figures, servers_are_one_by_address_and_port) {
  Figures sum;
  sum.add(server("9.9.9.9"), {.sent = 3, .retried = 1, .replies = 1, .latency_ms = 10});
  Figures other;
  other.add(server("8.8.8.8"), {.sent = 7});
  other.add(server("9.9.9.9"), {.sent = 4, .failed = 2, .nx_domain = 1, .replies = 3, .latency_ms = 30});
  sum.add(other);
  ASSERT_EQ(sum.servers.size(), 2U);
  EXPECT_EQ(sum.servers[0].endpoint, server("9.9.9.9"));
  const auto& counted = sum.servers[0].figures;
  EXPECT_EQ(counted.sent, 7U);
  EXPECT_EQ(counted.retried, 1U);
  EXPECT_EQ(counted.failed, 2U);
  EXPECT_EQ(counted.nx_domain, 1U);
  EXPECT_EQ(counted.replies, 4U);
  EXPECT_DOUBLE_EQ(counted.latency_ms, 25);
  EXPECT_EQ(sum.servers[1].figures.sent, 7U);
}

}  // namespace
}  // namespace swapmasq::dns
