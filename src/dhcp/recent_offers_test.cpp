#include "dhcp/recent_offers.hpp"

#include <gtest/gtest.h>

namespace swapmasq::dhcp {
namespace {

using std::chrono::milliseconds;

constexpr TimePoint begin{std::chrono::hours{1000}};
constexpr Ipv4 contested{0x0a000001};

class RecentOffersTest : public testing::Test {
 protected:
  void crowd(std::uint32_t clients, TimePoint now) {
    for (std::uint32_t client = 0; client < clients; ++client) offers_.note(Ipv4{0x0a010000 + client}, client, now);
  }

  RecentOffers offers_;
};

TEST_F(RecentOffersTest, StandForNobodyWhileFewAsk) {
  offers_.note(contested, 1000, begin);
  crowd(18, begin);
  EXPECT_FALSE(offers_.made_to_another(contested, 1001, begin));
}

TEST_F(RecentOffersTest, StandForAMomentInACrowd) {
  offers_.note(contested, 1000, begin);
  crowd(30, begin);
  EXPECT_TRUE(offers_.made_to_another(contested, 1001, begin));
  EXPECT_FALSE(offers_.made_to_another(contested, 1000, begin)) << "the client itself";
  EXPECT_FALSE(offers_.made_to_another(Ipv4{contested.value + 1}, 1001, begin)) << "another address";
  crowd(30, begin + milliseconds{50});
  EXPECT_TRUE(offers_.made_to_another(contested, 1001, begin + milliseconds{50}));
  EXPECT_FALSE(offers_.made_to_another(contested, 1001, begin + milliseconds{51}));
}

TEST_F(RecentOffersTest, TheLatestCounts) {
  offers_.note(contested, 1000, begin);
  offers_.note(contested, 1001, begin + milliseconds{10});
  crowd(30, begin + milliseconds{10});
  EXPECT_TRUE(offers_.made_to_another(contested, 1000, begin + milliseconds{10}));
  crowd(30, begin + milliseconds{55});
  EXPECT_TRUE(offers_.made_to_another(contested, 1000, begin + milliseconds{55}));
}

TEST_F(RecentOffersTest, AClockThatGoesBackForgets) {
  offers_.note(contested, 1000, begin);
  crowd(30, begin);
  EXPECT_FALSE(offers_.made_to_another(contested, 1001, begin - milliseconds{1}));
}

}  // namespace
}  // namespace swapmasq::dhcp
