#include "leases/lease_text.hpp"

#include <gtest/gtest.h>
#include <random>

namespace swapmasq::leases {
namespace {

class LeaseTextTest : public testing::Test {
 protected:
  // What has changed in the store is put into the text.
  void edit() {
    LeaseEdits edits;
    for (const auto& change : leases_.take_changes().leases) {
      const auto* lease = leases_.find_sequence(change.sequence);
      edits[change.sequence] = lease ? dhcp::lease_lines(*lease) : dhcp::LeaseLines{};
    }
    text_ = text_.with(edits);
  }
  void expect_same_as_anew() const {
    EXPECT_EQ(to_text(text_.octets()), dhcp::lease_file_text(leases_));
    EXPECT_EQ(to_text(LeaseText{leases_}.octets()), dhcp::lease_file_text(leases_));
  }

  dhcp::LeaseStore leases_{1000};
  LeaseText text_;
};

TEST_F(LeaseTextTest, IsEmptyWithoutLeases) {
  edit();
  EXPECT_TRUE(text_.octets().empty());
  expect_same_as_anew();
}

TEST_F(LeaseTextTest, KeepsWhatIsBetweenTheLeasesAndTheirExtras) {
  dhcp::Lease lease;
  lease.address = *Ipv4::parse("10.0.0.1");
  lease.agent_info = {1, 2};
  leases_.restore(lease);
  dhcp::Lease6 lease6;
  lease6.address = *Ipv6::parse("fd00::1");
  leases_.restore(lease6);
  leases_.set_server_duid({1, 2, 3});
  text_ = LeaseText{leases_};
  expect_same_as_anew();
  leases_.add(*Ipv4::parse("10.0.0.2"));
  leases_.remove(*leases_.find(lease.address));
  edit();
  EXPECT_EQ(to_text(text_.octets()), "0 01- 10.0.0.2 * *\nduid 01:02:03\n0 0 fd00::1 * *\n");
  expect_same_as_anew();
}

TEST_F(LeaseTextTest, FollowsEveryChange) {
  std::mt19937 random{1};  // NOLINT: the same numbers every time
  const auto below = [&](unsigned limit) { return static_cast<std::uint8_t>(random() % limit); };
  for (int round = 0; round < 500; ++round) {
    for (int change = below(4); change >= 0; --change) {
      const Ipv4 address{0x0a000000U + below(40)};
      const auto* lease = leases_.find(address);
      if (lease && below(3) == 0) {
        leases_.remove(*lease);
        continue;
      }
      if (!lease) lease = leases_.add(address);
      leases_.set_expiry(*lease, random());
      const Bytes extra(below(3), 7);
      leases_.set_query_data(*lease, extra, {});
    }
    edit();
    expect_same_as_anew();
  }
}

}  // namespace
}  // namespace swapmasq::leases
