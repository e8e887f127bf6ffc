// What lease-change scripts are told, and in which order (spec leases-and-scripts.md section 5.3).
#include "dhcp/engine_fixture.hpp"

namespace swapmasq::dhcp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LeaseEventsTest : public EngineTest {
 protected:
  LeaseEventsTest() : LeaseEventsTest(LeaseEventPolicy{.enabled = true}) {}
  explicit LeaseEventsTest(LeaseEventPolicy policy) : EngineTest(policy) {
    usual_range();
    settings.dns.domain = "lan.test";
  }

  // "add 101 laptop", "old 101 (lost laptop.lan.test)", with a '+' when there is what the client said.
  std::vector<std::string> events() {
    std::vector<std::string> all;
    while (const auto event = leases.take_event()) {
      const auto& lease = std::get<Lease>(event->lease);
      std::string text = event->action == LeaseEvent::Action::add   ? "add"
                         : event->action == LeaseEvent::Action::del ? "del"
                                                                    : "old";
      text += " " + std::to_string(lease.address.octets()[3]);
      if (event->lost_name.empty()) {
        text += " " + lease.name;
      } else {
        text += " (lost " + event->lost_name + ")";
      }
      all.push_back(text + (event->data ? " +" : ""));
    }
    return all;
  }
  void renew(std::string_view address, std::uint8_t client, std::string_view name) {
    give(request(client).ciaddr(address).text(12, name), "10.77.0.1", address);
  }
};

class RenewalEventsTest : public LeaseEventsTest {
 protected:
  RenewalEventsTest() : LeaseEventsTest({.enabled = true, .renewals = true, .client_ids = true}) {}
};

class NoEventsTest : public LeaseEventsTest {
 protected:
  NoEventsTest() : LeaseEventsTest(LeaseEventPolicy{}) {}
};

TEST_F(LeaseEventsTest, ALifeOfALease) {
  give(selecting("10.77.0.101").text(12, "laptop"));
  EXPECT_THAT(events(), ElementsAre("add 101 laptop +"));
  now += std::chrono::seconds{60};
  renew("10.77.0.101", 1, "laptop");
  EXPECT_THAT(events(), IsEmpty());
  give(request().address(50, "10.77.0.101").text(12, "laptop"));
  EXPECT_THAT(events(), ElementsAre("old 101 laptop +"));
  renew("10.77.0.101", 1, "other");
  EXPECT_THAT(events(), ElementsAre("old 101 (lost laptop.lan.test)", "old 101 other"));
  now += std::chrono::hours{13};
  actions = engine().tick(now);
  EXPECT_THAT(events(), ElementsAre("del 101 other"));
}

TEST_F(LeaseEventsTest, ALostNameIsToldBeforeItsNewOwner) {
  give(selecting("10.77.0.101", 1).text(12, "name"));
  give(selecting("10.77.0.102", 2));
  events();
  give(selecting("10.77.0.103", 3).text(12, "name"));
  EXPECT_THAT(events(), ElementsAre("old 101 (lost name.lan.test)", "add 103 name +", "old 101 "));
}

TEST_F(LeaseEventsTest, ThoseThatHaveEndedComeFirstTheLastOneInFront) {
  give(selecting("10.77.0.101", 1).text(12, "a"));
  give(selecting("10.77.0.102", 2).text(12, "b"));
  give(selecting("10.77.0.103", 3).text(12, "c"));
  events();
  give(selecting("10.77.0.104", 4).text(12, "a"));
  give(Message{7, 1}.ciaddr("10.77.0.101").address(54, "10.77.0.1"), "10.77.0.1", "10.77.0.101");
  give(selecting("10.77.0.105", 2).text(12, "b"));
  EXPECT_THAT(events(),
              ElementsAre("del 102 b", "old 101 (lost a.lan.test)", "del 101 ", "add 105 b +", "add 104 a +"));
}

TEST_F(LeaseEventsTest, ChangesThatNobodyHasTakenAreOne) {
  give(selecting("10.77.0.101").text(12, "a"));
  give(request().address(50, "10.77.0.101").text(12, "a"));
  give(selecting("10.77.0.102", 2).text(12, "b"));
  give(selecting("10.77.0.103", 2).text(12, "b"));
  EXPECT_THAT(events(), ElementsAre("del 102 b +", "add 103 b +", "add 101 a +"));
}

TEST_F(LeaseEventsTest, AReloadTellsAllAgain) {
  give(selecting("10.77.0.101", 1).text(12, "a"));
  give(selecting("10.77.0.102", 2));
  events();
  leases.announce_all();
  EXPECT_THAT(events(), ElementsAre("old 102 ", "old 101 a"));
}

TEST_F(LeaseEventsTest, BootpSaysNothingOfTheClient) {
  settings.dhcp.bootp_dynamic.emplace_back();
  give(Message{});
  EXPECT_THAT(events(), ElementsAre(testing::MatchesRegex("add [0-9]+ ")));
}

TEST_F(LeaseEventsTest, InformTellsOfAnotherInterface) {
  give(selecting("10.77.0.101").text(12, "a"));
  events();
  leases.set_interface(*leases.find(ip("10.77.0.101")), "before");
  events();
  give(Message{8}.ciaddr("10.77.0.101"), "10.77.0.1", "10.77.0.101");
  EXPECT_THAT(events(), ElementsAre("old 101 a"));
}

TEST_F(LeaseEventsTest, StoredLeasesGetTheInterfaceOfTheNearestSubnet) {
  auto eth1 = interfaces.front();
  eth1.index = 3;
  eth1.name = "eth1";
  eth1.addresses = {{ip("10.77.0.65"), 28, ip("10.77.0.79"), "eth1", false}};
  interfaces.push_back(eth1);
  for (const auto* address : {"10.77.0.70", "10.77.0.101", "10.1.2.3"}) {
    Lease lease;
    lease.address = ip(address);
    ASSERT_TRUE(leases.restore(lease));
  }
  engine().find_interfaces(interfaces);
  EXPECT_EQ(leases.find(ip("10.77.0.70"))->interface, "eth1");
  EXPECT_EQ(leases.find(ip("10.77.0.101"))->interface, "eth0");
  EXPECT_EQ(leases.find(ip("10.1.2.3"))->interface, "");
}

TEST_F(LeaseEventsTest, WhatTheClientSaid) {
  settings.dhcp.ranges.front().set_tag = "ctx";
  give(selecting("10.77.0.101")
           .text(12, "laptop.lan.test")
           .text(60, "MSFT")
           .option(55, {1, 3})
           .option(77, hex("0161 02 6263"))
           .option(125, hex("00000de9 09 01014f 020153 030143"))
           .option(82, hex("010163 020172 060173"))
           .text(161, "https://mud"));
  const auto event = leases.take_event();
  ASSERT_TRUE(event && event->data);
  const auto& data = *event->data;
  EXPECT_EQ(to_text(data.supplied_hostname), "laptop.lan.test");
  EXPECT_EQ(to_text(data.vendor_class), "MSFT");
  EXPECT_EQ(data.requested_options, (Bytes{1, 3}));
  EXPECT_THAT(data.user_classes, ElementsAre(to_bytes("a"), to_bytes("bc")));
  EXPECT_EQ(to_text(data.cpewan_oui) + to_text(data.cpewan_serial) + to_text(data.cpewan_class), "OSC");
  EXPECT_EQ(to_text(data.circuit_id) + to_text(data.remote_id) + to_text(data.subscriber_id), "crs");
  EXPECT_EQ(to_text(data.mud_url), "https://mud");
  EXPECT_EQ(data.tags, "ctx cpewan-id eth0");
}

TEST_F(RenewalEventsTest, RenewalsAndClientIds) {
  give(selecting("10.77.0.101").text(12, "a"));
  events();
  renew("10.77.0.101", 1, "a");
  EXPECT_THAT(events(), IsEmpty());
  now += std::chrono::seconds{1};
  renew("10.77.0.101", 1, "a");
  EXPECT_THAT(events(), ElementsAre("old 101 a"));
  give(request().ciaddr("10.77.0.101").text(12, "a").option(61, hex("ff01")), "10.77.0.1", "10.77.0.101");
  EXPECT_THAT(events(), ElementsAre("old 101 a"));
}

TEST_F(NoEventsTest, WithoutScriptNothingIsKept) {
  give(selecting("10.77.0.101").text(12, "a"));
  leases.announce_all();
  EXPECT_THAT(events(), IsEmpty());
}

}  // namespace
}  // namespace swapmasq::dhcp
