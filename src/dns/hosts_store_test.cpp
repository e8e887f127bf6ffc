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

}  // namespace
}  // namespace swapmasq::dns
