#include "dhcp/lease_store.hpp"

#include <gtest/gtest.h>

namespace swapmasq::dhcp {
namespace {

Ipv4 ip(std::string_view text) { return Ipv4::parse(text).value(); }
HardwareAddress mac(std::uint8_t last) { return HardwareAddress::from(1, Bytes{2, 0, 0, 0, 0, last}); }

class LeaseStoreTest : public testing::Test {
 protected:
  const Lease& lease(std::string_view address, std::uint8_t client, const Bytes& id = {}) {
    const auto* added = leases.add(ip(address));
    leases.set_client(*added, mac(client), id);
    return *added;
  }
  std::string order() const {
    std::string text;
    leases.for_each([&](const Lease& l) { text += l.address.to_string() + "/" + l.name + " "; });
    return text;
  }

  LeaseStore leases{4};
};

TEST_F(LeaseStoreTest, NewestLeaseComesFirst) {
  lease("10.0.0.1", 1);
  lease("10.0.0.2", 2);
  EXPECT_EQ(order(), "10.0.0.2/ 10.0.0.1/ ");
  leases.remove(*leases.find(ip("10.0.0.2")));
  EXPECT_EQ(leases.find(ip("10.0.0.2")), nullptr);
  EXPECT_EQ(order(), "10.0.0.1/ ");
}

TEST_F(LeaseStoreTest, ClientIdDecidesBeforeHardware) {
  const auto& first = lease("10.0.0.1", 1, {1, 1});
  const auto& second = lease("10.0.0.2", 1, {2, 2});
  EXPECT_EQ(leases.find_client(mac(1), Bytes{1, 1}), &first);
  EXPECT_EQ(leases.find_client(mac(9), Bytes{2, 2}), &second);
  EXPECT_EQ(leases.find_client(mac(1), Bytes{3, 3}), nullptr) << "two ids on one MAC are two clients";
  EXPECT_EQ(leases.find_client(mac(1), {}), &second) << "the first in list order";
  const auto& without_id = lease("10.0.0.3", 1);
  EXPECT_EQ(leases.find_client(mac(1), Bytes{3, 3}), &without_id);
}

TEST_F(LeaseStoreTest, NoHardwareAddressIsNobodys) {
  const auto& one = lease("10.0.0.1", 1);
  leases.set_client(one, HardwareAddress{}, Bytes{1, 1});
  EXPECT_EQ(leases.find_client(HardwareAddress{}, {}), nullptr);
  EXPECT_EQ(leases.find_client(HardwareAddress{}, Bytes{1, 1}), &one);
}

TEST_F(LeaseStoreTest, ARequestWithoutClientIdKeepsTheStoredOne) {
  const auto& one = lease("10.0.0.1", 1, {1, 1});
  leases.take_changes();
  leases.set_client(one, mac(1), {});
  EXPECT_EQ(one.client_id, (Bytes{1, 1}));
  EXPECT_FALSE(leases.take_changes().file);
  leases.set_client(one, mac(1), Bytes{2});
  EXPECT_EQ(one.client_id, Bytes{2});
  EXPECT_TRUE(leases.take_changes().file);
}

TEST_F(LeaseStoreTest, NamesAreTakenOverUnlessAuthoritative) {
  const auto& one = lease("10.0.0.1", 1);
  const auto& two = lease("10.0.0.2", 2);
  EXPECT_TRUE(leases.set_name(one, "laptop", "lan", false));
  EXPECT_EQ(one.fqdn, "laptop.lan");
  EXPECT_TRUE(leases.set_name(two, "LapTop", "lan", false));
  EXPECT_EQ(order(), "10.0.0.2/LapTop 10.0.0.1/ ");
  EXPECT_TRUE(leases.set_name(two, "laptop", "lan", true));
  EXPECT_EQ(two.name, "LapTop") << "the same name in other letters changes nothing";
  EXPECT_FALSE(leases.set_name(one, "laptop", "lan", false)) << "but it has become authoritative";
  EXPECT_EQ(leases.find_name("LAPTOP"), &two);
}

TEST(LeaseStore, WithDhcpFqdnNamesNeedADomainToCollide) {
  LeaseStore leases{10, true};
  const auto& one = *leases.add(ip("10.0.0.1"));
  const auto& two = *leases.add(ip("10.0.1.1"));
  leases.set_name(one, "n1", "lan.test", false);
  leases.set_name(two, "n1", "sub.test", false);
  EXPECT_EQ(one.name, "n1");
  EXPECT_EQ(two.name, "n1");
  leases.set_name(two, "n1", "lan.test", false);
  EXPECT_EQ(one.name, "");
}

TEST_F(LeaseStoreTest, EndsLeasesInTime) {
  leases.set_expiry(lease("10.0.0.1", 1), 100);
  leases.set_expiry(lease("10.0.0.2", 2), 50);
  lease("10.0.0.3", 3);
  EXPECT_EQ(leases.next_expiry(), 50);
  leases.remove_expired(49);
  EXPECT_EQ(leases.size(), 3U);
  leases.take_changes();
  leases.remove_expired(50);
  EXPECT_EQ(order(), "10.0.0.3/ 10.0.0.1/ ");
  EXPECT_FALSE(leases.take_changes().names);
  leases.remove_expired(100000);
  EXPECT_EQ(order(), "10.0.0.3/ ");
  EXPECT_EQ(leases.next_expiry(), std::nullopt);
}

TEST_F(LeaseStoreTest, HasALimit) {
  for (std::uint8_t i = 1; i <= 4; ++i) lease("10.0.0." + std::to_string(i), i);
  EXPECT_TRUE(leases.full());
  EXPECT_EQ(leases.add(ip("10.0.0.9")), nullptr);
}

TEST_F(LeaseStoreTest, FindsTheHighestLeasedAddress) {
  lease("10.0.0.5", 1);
  lease("10.0.0.9", 2);
  lease("10.0.1.1", 3);
  EXPECT_EQ(leases.highest_in(ip("10.0.0.0"), ip("10.0.0.255")), ip("10.0.0.9"));
  EXPECT_EQ(leases.highest_in(ip("10.0.0.0"), ip("10.0.0.9")), ip("10.0.0.9"));
  EXPECT_EQ(leases.highest_in(ip("10.0.0.6"), ip("10.0.0.8")), std::nullopt);
}

}  // namespace
}  // namespace swapmasq::dhcp
