#include "grammar/arguments/dhcp_host.hpp"

#include <gtest/gtest.h>

#include "grammar/arguments/raw_argument.hpp"

namespace swapmasq::grammar {
namespace {

settings::DhcpHost host(std::string_view raw) { return parse_dhcp_host(raw_argument(raw)).value(); }

TEST(DhcpHost, takes_its_fields_in_any_order) {
  const auto fred = host("ignore,45m,fred.example.com,192.168.0.60,set:x,net:y,tag:!z,11:22:33:44:55:66");
  ASSERT_EQ(fred.hardware.size(), 1U);
  EXPECT_FALSE(fred.hardware[0].type);
  EXPECT_EQ(fred.hardware[0].octets.size(), 6U);
  EXPECT_EQ(fred.hardware[0].octets[0], 0x11);
  EXPECT_EQ(fred.address->to_string(), "192.168.0.60");
  EXPECT_EQ(fred.name, "fred");
  EXPECT_EQ(fred.domain, "example.com");
  EXPECT_EQ(fred.lease, 45U * 60);
  EXPECT_EQ(fred.set_tags, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(fred.filters, (settings::TagTests{{"z", true}}));
  EXPECT_TRUE(fred.ignore);
}

TEST(DhcpHost, reads_hardware_patterns) {
  const auto pattern = host("06-11:*:3:0405").hardware.at(0);
  EXPECT_EQ(pattern.type, 6);
  EXPECT_EQ(pattern.octets, (std::vector<std::optional<std::uint8_t>>{0x11, std::nullopt, 3, 4, 5}));
  EXPECT_EQ(host("1:2:3:4:5:6,7:8:9:a:b:c").hardware.size(), 2U);
  EXPECT_EQ(host("11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11").hardware[0].octets.size(), 16U);
}

TEST(DhcpHost, reads_client_ids) {
  EXPECT_EQ(host("id:01:02").client_id, (Bytes{1, 2}));
  EXPECT_EQ(host("ID:marjorie").client_id, to_bytes("marjorie"));
  EXPECT_EQ(host("id:").client_id, Bytes{});
  EXPECT_TRUE(host("id:*").ignore_client_id);
  EXPECT_FALSE(host("id:*").client_id);
}

TEST(DhcpHost, tells_lease_times_from_names) {
  EXPECT_EQ(host("fred,infinite").lease, settings::infinite_lease);
  EXPECT_EQ(host("fred,123d").lease, 123U * 86400);
  EXPECT_EQ(host("1 2").lease, 120U);
  EXPECT_EQ(host("m").name, "m");
  EXPECT_EQ(host("5x").name, "5x");
  EXPECT_EQ(host("\"123\"").name, "123");
  EXPECT_FALSE(host("\"123\"").lease);
  EXPECT_EQ(host("IGNORE").name, "ignore");
}

TEST(DhcpHost, keeps_ipv6_addresses) {
  const auto fred = host("fred,[::10],[fd00::8/126]");
  ASSERT_EQ(fred.ipv6_addresses.size(), 2U);
  EXPECT_TRUE(fred.has_ipv6_address);
  EXPECT_EQ(fred.ipv6_addresses[0].prefix_length, 128);
  EXPECT_EQ(fred.ipv6_addresses[1].prefix_length, 126);
  EXPECT_FALSE(fred.address);
}

}  // namespace
}  // namespace swapmasq::grammar
