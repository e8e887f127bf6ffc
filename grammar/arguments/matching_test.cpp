// Tags and what sets them, PXE lines and dhcp-boot.
#include <gtest/gtest.h>

#include "grammar/arguments/dhcp_boot.hpp"
#include "grammar/arguments/dhcp_matching.hpp"
#include "grammar/arguments/pxe.hpp"
#include "grammar/arguments/raw_argument.hpp"
#include "grammar/arguments/tags.hpp"

namespace swapmasq::grammar {
namespace {

using settings::TagTests;

TEST(TagList, takes_prefixes_and_bare_tags) {
  EXPECT_EQ(parse_tag_list("tag:!a,net:b,c,set:d").value(),
            (TagTests{{"a", true}, {"b", false}, {"c", false}, {"set:d", false}}));
  EXPECT_TRUE(parse_tag_list("").value().empty());
}

TEST(TagIf, has_both_sides_in_any_order) {
  const auto tag_if = parse_tag_if("tag:a*,set:b,tag:!c,set:d").value();
  EXPECT_EQ(tag_if.set_tags, (std::vector<std::string>{"b", "d"}));
  EXPECT_EQ(tag_if.tests, (TagTests{{"a*", false}, {"c", true}}));
}

TEST(DhcpMac, unquotes_its_pattern) {
  const auto match = parse_dhcp_mac(raw_argument(R"(set:a,"11:22:33:*:55:66")")).value();
  EXPECT_EQ(match.set_tag, "a");
  EXPECT_EQ(match.hardware.octets.size(), 6U);
  EXPECT_FALSE(match.hardware.octets[3]);
}

TEST(DhcpVendorClass, can_name_an_enterprise) {
  const auto match = parse_dhcp_vendorclass("a,enterprise:5,foo,bar").value();
  EXPECT_EQ(match.enterprise, 5U);
  EXPECT_EQ(match.text, "foo,bar");
  EXPECT_FALSE(parse_dhcp_vendorclass("a,foo").value().enterprise);
}

TEST(RelayAgentMatch, is_hex_only_with_a_colon) {
  EXPECT_EQ(parse_relay_agent_match("a,00:04:ff").value().value, (Bytes{0, 4, 0xff}));
  EXPECT_EQ(parse_relay_agent_match("a,ff").value().value, to_bytes("ff"));
  EXPECT_EQ(parse_relay_agent_match(raw_argument(R"(a,"00:04")")).value().value, to_bytes("00:04"));
}

TEST(DhcpNameMatch, ends_in_a_wildcard_or_not) {
  EXPECT_TRUE(parse_dhcp_name_match("set:a,foo*").value().prefix);
  EXPECT_EQ(parse_dhcp_name_match("set:a,foo*").value().name, "foo");
  EXPECT_EQ(parse_dhcp_name_match("set:a,f*o").value().name, "f*o");
}

TEST(DhcpBoot, has_a_literal_server_or_a_name) {
  const auto boot = parse_dhcp_boot("tag:red,tag:!blue,pxelinux.0,boot,192.0.2.1").value();
  EXPECT_EQ(boot.filters.size(), 2U);
  EXPECT_EQ(boot.file, "pxelinux.0");
  EXPECT_EQ(boot.server_name, "boot");
  EXPECT_EQ(boot.server->to_string(), "192.0.2.1");
  EXPECT_EQ(parse_dhcp_boot("f,,tftp.example").value().server_host, "tftp.example");
  EXPECT_EQ(parse_dhcp_boot("set:red,pxelinux.0").value().file, "set:red");
}

TEST(PxeService, boots_by_name_type_or_locally) {
  const auto named = parse_pxe_service(raw_argument(R"(tag:a,x86-64_efi,"Install, Linux",pxelinux,192.0.2.1)")).value();
  EXPECT_EQ(named.architecture, 7);
  EXPECT_EQ(named.menu_text, "Install, Linux");
  EXPECT_EQ(named.basename, "pxelinux");
  EXPECT_EQ(named.server->to_string(), "192.0.2.1");
  EXPECT_EQ(named.filters, (TagTests{{"a", false}}));
  EXPECT_EQ(parse_pxe_service("BC_EFI,m,17").value().type, 17);
  EXPECT_EQ(parse_pxe_service("BC_EFI,m").value().type, 0);
  EXPECT_TRUE(parse_pxe_service("BC_EFI,m").value().basename.empty());
}

TEST(PxePrompt, waits_for_ever_without_a_good_timeout) {
  EXPECT_EQ(parse_pxe_prompt("Press F8,10").value().timeout, 10);
  EXPECT_EQ(parse_pxe_prompt("Press F8").value().timeout, 255);
  EXPECT_EQ(parse_pxe_prompt("Press F8,x").value().timeout, 255);
}

}  // namespace
}  // namespace swapmasq::grammar
