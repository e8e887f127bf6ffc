#include "script/events.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace swapmasq::script {
namespace {

using Action = dhcp::LeaseEvent::Action;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

const TimePoint now = at_seconds(1000);
const std::optional<Bytes> no_duid;

dhcp::Lease lease() {
  dhcp::Lease lease;
  lease.address = Ipv4::parse("10.77.0.101").value();
  lease.hardware = HardwareAddress::from(1, Bytes{2, 0, 0, 0, 0, 1});
  lease.expires = 1600;
  lease.name = "laptop";
  lease.fqdn = "laptop.lan.test";
  lease.interface = "eth0";
  return lease;
}

std::vector<std::string> variables(const Event& event) {
  std::vector<std::string> all;
  for (const auto& value : event.values) {
    if (auto entry = variable(value)) all.push_back(*entry);
  }
  return all;
}

std::optional<std::string> field(const Event& event, std::string_view name) {
  for (const auto& value : event.values) {
    if (value.name == name && value.places.field) return value.text;
  }
  return std::nullopt;
}

TEST(LeaseEvent, WithoutClientDataSaysSo) {
  const auto event = lease_event({Action::old, lease(), {}, nullptr}, {.server_duid = no_duid}, now);
  EXPECT_THAT(event.arguments(), ElementsAre("old", "02:00:00:00:00:01", "10.77.0.101", "laptop"));
  EXPECT_THAT(variables(event),
              UnorderedElementsAre("DNSMASQ_DOMAIN=lan.test", "DNSMASQ_INTERFACE=eth0", "DNSMASQ_LEASE_EXPIRES=1600",
                                   "DNSMASQ_TIME_REMAINING=600", "DNSMASQ_DATA_MISSING=1"));
}

TEST(LeaseEvent, WithClientDataTellsIt) {
  auto data = std::make_shared<dhcp::ClientData>();
  data->requested_options = {1, 3, 255};
  data->user_classes = {{'a'}, {'b', 'c'}};
  data->tags = "ctx eth0";
  const auto event = lease_event({Action::add, lease(), {}, data}, {.server_duid = no_duid, .log_dhcp = true}, now);
  EXPECT_THAT(variables(event),
              testing::IsSupersetOf({"DNSMASQ_REQUESTED_OPTIONS=1,3,255", "DNSMASQ_USER_CLASS0=a",
                                     "DNSMASQ_USER_CLASS1=bc", "DNSMASQ_TAGS=ctx eth0", "DNSMASQ_LOG_DHCP=1"}));
  EXPECT_EQ(field(event, "data_missing"), "0");
  EXPECT_EQ(field(event, "log_dhcp"), std::nullopt);
}

TEST(LeaseEvent, ALostNameStandsInPlaceOfTheName) {
  const auto event = lease_event({Action::old, lease(), "before.lan.test", nullptr}, {.server_duid = no_duid}, now);
  EXPECT_THAT(event.arguments(), ElementsAre("old", "02:00:00:00:00:01", "10.77.0.101"));
  EXPECT_THAT(variables(event), testing::IsSupersetOf({"DNSMASQ_OLD_HOSTNAME=before", "DNSMASQ_DOMAIN=lan.test"}));
  EXPECT_EQ(field(event, "hostname"), "laptop");
}

TEST(LeaseEvent, TheEndTellsNoRemainingTime) {
  auto ended = lease();
  ended.name = ended.fqdn = "bad_host!";
  ended.client_id = Bytes(120, 0xab);
  ended.relay = Ipv4::parse("10.1.0.1").value();
  const auto event = lease_event({Action::del, ended, {}, nullptr}, {.server_duid = no_duid}, now);
  EXPECT_THAT(event.arguments(), ElementsAre("del", "02:00:00:00:00:01", "10.77.0.101"));
  EXPECT_EQ(field(event, "time_remaining"), std::nullopt);
  EXPECT_EQ(field(event, "client_id").value_or("").size(), 100U * 3 - 1);
  EXPECT_EQ(field(event, "relay_address"), "10.1.0.1");
}

TEST(LeaseEvent, OfIpv6) {
  dhcp::Lease6 six;
  six.temporary = true;
  six.iaid = 77;
  six.address = Ipv6::parse("2001:db8::6").value();
  six.name = "six";
  six.client_duid = {0, 1, 2};
  const std::optional<Bytes> duid{Bytes{0, 9}};
  const auto event =
      lease_event({Action::old, six, {}, nullptr}, {.server_duid = duid, .default_domain = "lan.test"}, now);
  EXPECT_THAT(event.arguments(), ElementsAre("old", "00:01:02", "2001:db8::6", "six"));
  EXPECT_THAT(variables(event),
              UnorderedElementsAre("DNSMASQ_DOMAIN=lan.test", "DNSMASQ_IAID=T77", "DNSMASQ_SERVER_DUID=00:09",
                                   "DNSMASQ_LEASE_EXPIRES=0", "DNSMASQ_DATA_MISSING=1"));
}

TEST(OtherEvents, HaveArgumentsOnly) {
  const IpAddress address = Ipv4::parse("10.77.0.3").value();
  const auto sent = file_sent(6, address, "/srv/tftp/f.bin");
  EXPECT_THAT(sent.arguments(), ElementsAre("tftp", "6", "10.77.0.3", "/srv/tftp/f.bin"));
  const auto hardware = HardwareAddress::from(1, Bytes{2, 0});
  EXPECT_THAT(neighbour_came(address, hardware).arguments(), ElementsAre("arp-add", "02:00", "10.77.0.3"));
  EXPECT_THAT(neighbour_went(address, hardware).arguments(), ElementsAre("arp-del", "02:00", "10.77.0.3"));
  EXPECT_TRUE(variables(sent).empty());
}

}  // namespace
}  // namespace swapmasq::script
