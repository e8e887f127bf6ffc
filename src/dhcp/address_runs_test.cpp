#include "dhcp/address_runs.hpp"

#include <gtest/gtest.h>
#include <set>

namespace swapmasq::dhcp {
namespace {

TEST(AddressRuns, AgreesWithASet) {
  AddressRuns runs;
  std::set<std::uint32_t> addresses;
  std::uint32_t random = 1;
  constexpr std::uint32_t many = 24;
  for (int step = 0; step < 4000; ++step) {
    random = random * 1664525U + 1013904223U;
    const auto address = (random >> 16) % many;
    if ((random >> 8) % 3 == 0) {
      runs.remove(Ipv4{address});
      addresses.erase(address);
    } else {
      runs.add(Ipv4{address});
      addresses.insert(address);
    }
    for (std::uint32_t from = 0; from < many; ++from) {
      auto expected = from;
      while (addresses.contains(expected)) ++expected;
      const auto found = runs.first_outside(Ipv4{from}, Ipv4{many - 1});
      EXPECT_EQ(found, expected < many ? std::optional{Ipv4{expected}} : std::nullopt);
    }
  }
}

TEST(AddressRuns, KnowsTheLastAddressOfAll) {
  AddressRuns runs;
  const Ipv4 last{0xffffffff};
  runs.add(last);
  EXPECT_EQ(runs.first_outside(last, last), std::nullopt);
  runs.remove(last);
  EXPECT_EQ(runs.first_outside(last, last), last);
}

}  // namespace
}  // namespace swapmasq::dhcp
