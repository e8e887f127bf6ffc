#include "dns/hosts_store.hpp"

#include <chrono>
#include <gmock/gmock.h>
#include <string>

namespace swapmasq::dns {
namespace {

using testing::ElementsAre;

wire::DnsName name(std::string_view text) { return *wire::DnsName::from_text(text); }
IpAddress address(std::string_view text) { return *IpAddress::parse(text); }

std::vector<std::string> addresses(const HostsStore& store, std::string_view text) {
  std::vector<std::string> found;
  for (const auto* record = store.first(name(text).wire()); record != nullptr; record = store.next(*record))
    found.push_back(record->address.to_string());
  return found;
}

TEST(HostsStore, FindsBothWays) {
  HostsStore store{false};
  const auto file = store.add_source("/etc/hosts");
  store.add("a.lan", address("10.0.0.1"), HostsStore::config, 55);
  store.add("b.lan", address("10.0.0.1"), file);
  store.add("b.lan", address("fd00::1"), file);
  store.add("b.lan", address("10.0.0.1"), file);
  EXPECT_THAT(addresses(store, "b.lan"), ElementsAre("10.0.0.1", "fd00::1"));
  EXPECT_THAT(addresses(store, "lan"), ElementsAre());
  const auto* called = store.by_address(address("10.0.0.1"));
  ASSERT_NE(called, nullptr);
  EXPECT_EQ(wire::to_text(store.name(*called)), "a.lan");
  EXPECT_EQ(store.source(*called), "config");
  EXPECT_EQ(store.ttl(*called, 7), 55U);
  EXPECT_EQ(store.ttl(*store.first(name("b.lan").wire()), 7), 7U);
  EXPECT_EQ(store.source(*store.first(name("b.lan").wire())), "/etc/hosts");
  EXPECT_EQ(store.by_address(address("10.0.0.2")), nullptr);
}

TEST(HostsStore, AncestorsExistWithoutRecords) {
  HostsStore store;
  store.add("a.b.c", address("10.0.0.1"), HostsStore::config);
  EXPECT_TRUE(store.knows(name("b.c").wire()));
  EXPECT_TRUE(store.knows(name("c").wire()));
  EXPECT_FALSE(store.knows(name("x.b.c").wire()));
  EXPECT_FALSE(store.knows(name("").wire()));
  store.add("b.c", address("10.0.0.2"), HostsStore::config);
  EXPECT_THAT(addresses(store, "b.c"), ElementsAre("10.0.0.2"));
}

// Observed: four addresses of one name start as 1 3 2 4.
TEST(HostsStore, RecordsStartInTheReferencesOrder) {
  HostsStore turning;
  HostsStore still{false};
  for (const auto* text : {"10.0.0.1", "10.0.0.2", "fd00::1", "10.0.0.3", "10.0.0.4"}) {
    turning.add("a", address(text), HostsStore::config);
    still.add("a", address(text), HostsStore::config);
  }
  auto v4 = addresses(turning, "a");
  std::erase(v4, "fd00::1");
  EXPECT_THAT(v4, ElementsAre("10.0.0.1", "10.0.0.3", "10.0.0.2", "10.0.0.4"));
  EXPECT_THAT(addresses(still, "a"), ElementsAre("10.0.0.1", "10.0.0.2", "fd00::1", "10.0.0.3", "10.0.0.4"));
}

TEST(HostsStore, NamesThatNoQueryCanCarryAreLeftOut) {
  HostsStore store;
  store.add("a..b", address("10.0.0.1"), HostsStore::config);
  store.add(std::string(64, 'x'), address("10.0.0.1"), HostsStore::config);
  EXPECT_EQ(store.by_address(address("10.0.0.1")), nullptr);
}

TEST(HostsStore, ManyNamesAtOneAddressAreQuick) {
  HostsStore store;
  const auto file = store.add_source("/block");
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 200'000; ++i) store.add("ads" + std::to_string(i) + ".example.net", Ipv4{}, file);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{20}) << "quadratic?";
  EXPECT_THAT(addresses(store, "ads199999.example.net"), ElementsAre("0.0.0.0"));
}

TEST(HostsStore, AFileTakesItsRecordsAway) {
  HostsStore store{false};
  store.add("both", address("10.0.0.1"), store.add_source("/etc/hosts"));
  const auto file = store.add_removable_source("/srv/a");
  store.add("both", address("10.0.0.2"), file);
  store.add("both", address("10.0.0.1"), file);
  store.add("only.lan", address("10.0.0.3"), file);
  const auto other = store.add_removable_source("/srv/b");
  store.add("late", address("10.0.0.3"), other);

  EXPECT_EQ(store.remove("/srv/a"), 2U);
  EXPECT_EQ(store.remove("/srv/a"), 0U);
  EXPECT_THAT(addresses(store, "both"), ElementsAre("10.0.0.1"));
  EXPECT_THAT(addresses(store, "only.lan"), ElementsAre());
  // An address gets its name from the next file that is read, not from those that were.
  EXPECT_EQ(store.by_address(address("10.0.0.3")), nullptr);
  EXPECT_EQ(store.remove("/srv/b"), 1U);
  store.add("late", address("10.0.0.3"), store.add_removable_source("/srv/b"));
  ASSERT_NE(store.by_address(address("10.0.0.3")), nullptr);
  std::size_t records = 0;
  store.for_each([&](const auto& /*record*/) { ++records; });
  EXPECT_EQ(records, 2U);
}

TEST(HostsStore, FilesThatComeAndGoLeaveNothingBehind) {
  HostsStore store{false};
  store.add("stays.lan", address("10.0.0.1"), store.add_source("/etc/hosts"));
  for (int round = 0; round < 100'000; ++round) {
    const auto label = "/srv/" + std::to_string(round);
    store.add("name" + std::to_string(round) + ".lan", address("10.0.0.2"), store.add_removable_source(label));
    EXPECT_EQ(store.remove(label), 1U);
  }
  EXPECT_FALSE(store.knows(name("name1.lan").wire()));
  EXPECT_TRUE(store.knows(name("lan").wire()));
  EXPECT_THAT(addresses(store, "stays.lan"), ElementsAre("10.0.0.1"));
  EXPECT_EQ(store.source(*store.first(name("stays.lan").wire())), "/etc/hosts");
}

}  // namespace
}  // namespace swapmasq::dns
