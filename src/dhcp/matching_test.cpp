// Which dhcp-host line and which tags a client gets (spec dhcpv4.md sections 4 and 5).
#include "dhcp/engine_fixture.hpp"

namespace swapmasq::dhcp {
namespace {

using Comparison = settings::DhcpMatch::Comparison;
using Scope = settings::DhcpOption::Scope;

std::vector<std::optional<std::uint8_t>> octets(std::string_view text) {
  const auto bytes = to_bytes(text);
  return {bytes.begin(), bytes.end()};
}

class MatchingTest : public EngineTest {
 protected:
  MatchingTest() {
    usual_range();
    settings.dhcp.log_dhcp = true;
  }
  std::string tags_of(const Message& message) {
    lines();
    give(message);
    for (const auto& line : lines()) {
      if (const auto at = line.find(" tags: "); at != std::string::npos) return line.substr(at + 7);
    }
    return "no tags line";
  }
};

// Observed at the reference.
TEST_F(MatchingTest, TagsStandNewestFirst) {
  settings.dhcp.ranges[0].set_tag = "ctx";
  settings.dhcp_matching.tag_ifs = {{{"a"}, {{"eth*", false}}}, {{"b"}, {{"a", false}, {"ctx", false}}}};
  settings.dhcp_matching.macs = {{"m1", {std::nullopt, {2, {}, {}, {}, {}, {}}}},
                                 {"m2", {std::nullopt, {2, {}, {}, {}, {}, {}}}}};
  settings.dhcp_matching.classes = {settings::DhcpVendorClass{"v", 5, "foo"}};
  host(1).set_tags = {"h1", "h2"};
  EXPECT_EQ(tags_of(discover().option(60, {'f', 'o', 'o', 1})), "b, a, ctx, h1, h2, known, v, m1, m2, eth0");
}

TEST_F(MatchingTest, DhcpMatchComparesAsItsValueLooks) {
  auto& matches = settings.dhcp_matching.matches;
  matches.push_back({"there", 175, Scope::plain, 0, Comparison::presence, {}});
  matches.push_back({"hex", 175, Scope::plain, 0, Comparison::prefix, {1, {}, 3}});
  matches.push_back({"text", 175, Scope::plain, 0, Comparison::substring, octets("xe")});
  matches.push_back({"number", 93, Scope::plain, 0, Comparison::elements, {0, 7}});
  EXPECT_EQ(tags_of(discover()), "eth0");
  EXPECT_EQ(tags_of(discover().option(175, {1, 9, 3, 4})), "there, hex, eth0");
  EXPECT_EQ(tags_of(discover().option(175, {1, 9})), "there, eth0");
  EXPECT_EQ(tags_of(discover().text(175, "ipxe")), "there, text, eth0");
  EXPECT_EQ(tags_of(discover().option(93, {0, 6, 0, 7})), "number, eth0");
  EXPECT_EQ(tags_of(discover().option(93, {1, 0, 7, 0})), "eth0") << "elements begin at multiples of their size";
}

TEST_F(MatchingTest, VendorIdentifyingClassIsSearchedItemByItem) {
  settings.dhcp_matching.matches = {{"any", 0, Scope::vendor_identifying, 1234, Comparison::presence, {}},
                                    {"foo", 0, Scope::vendor_identifying, 1234, Comparison::substring, octets("foo")}};
  EXPECT_EQ(tags_of(discover().option(124, {0, 0, 4, 0xd2, 4, 3, 'f', 'o', 'o'})), "any, foo, eth0");
  EXPECT_EQ(tags_of(discover().option(124, {0, 0, 4, 0xd2, 3, 2, 'f', 'o'})), "any, eth0");
  EXPECT_EQ(tags_of(discover().option(124, {0, 0, 4, 0xd3, 3, 2, 'f', 'o'})), "eth0");
  EXPECT_EQ(tags_of(discover().option(124, {0, 0, 4, 0xd2, 9, 2, 'f', 'o'})), "eth0") << "cut short";
}

TEST_F(MatchingTest, UserClassesAndAgentInformation) {
  using SubOption = settings::RelayAgentMatch::SubOption;
  settings.dhcp_matching.classes = {settings::DhcpUserClass{"u", "abc"}, settings::DhcpUserClass{"joined", "abcde"}};
  settings.dhcp_matching.relay_agents = {{SubOption::circuit_id, "circuit", {'c', 'i'}},
                                         {SubOption::remote_id, "remote", {'r'}},
                                         {SubOption::subscriber_id, "subscriber", {'s'}}};
  EXPECT_EQ(tags_of(discover().option(77, {3, 'a', 'b', 'c', 2, 'd', 'e'})), "u, eth0");
  EXPECT_EQ(tags_of(discover().text(77, "abcde")), "u, joined, eth0");
  EXPECT_EQ(tags_of(discover().option(82, {1, 2, 'c', 'i', 2, 1, 'r', 6, 1, 's'})),
            "circuit, remote, subscriber, eth0");
  EXPECT_EQ(tags_of(discover().option(82, {1, 3, 'c', 'i', 'x'})), "eth0") << "the whole value";
}

TEST_F(MatchingTest, NameMatchAndHostsFoundByName) {
  settings.dhcp_matching.name_matches = {{"exact", "Lap.lan", false}, {"prefix", "la", true}, {"all", "", true}};
  settings.dhcp.log_dhcp = true;
  settings::DhcpHost by_name;
  by_name.name = "lap";
  by_name.set_tags = {"named"};
  settings.dhcp.hosts.push_back(by_name);
  EXPECT_EQ(tags_of(discover().text(12, "lap.LAN")), "named, known, exact, prefix, all, eth0");
  EXPECT_EQ(tags_of(discover().text(12, "x")), "all, eth0");
}

TEST_F(MatchingTest, HostsThatAskForMoreThanANameAreNotFoundByIt) {
  host(9).name = "lap";
  EXPECT_EQ(tags_of(discover().text(12, "lap")), "eth0");
}

TEST_F(MatchingTest, HostOfAnotherNetworkIsKnownThere) {
  auto& away = host(1);
  away.address = ip("10.99.0.5");
  away.set_tags = {"away"};
  EXPECT_EQ(tags_of(discover()), "known-othernet, eth0");
}

TEST_F(MatchingTest, HostWithOnlyIpv6AddressesIsNoIpv4Host) {
  auto& away = host(1);
  away.has_ipv6_address = true;
  away.set_tags = {"away"};
  EXPECT_EQ(tags_of(discover()), "known-othernet, eth0");
}

TEST_F(MatchingTest, ClientIdBeatsHardwareBeatsWildcards) {
  host(1).set_tags = {"mac"};
  settings::DhcpHost id;
  id.client_id = Bytes{1, 2, 3};
  id.set_tags = {"id"};
  settings.dhcp.hosts.insert(settings.dhcp.hosts.begin(), id);
  settings::DhcpHost wide;
  wide.hardware = {{std::nullopt, {2, {}, {}, {}, {}, {}}}};
  wide.set_tags = {"wide"};
  settings::DhcpHost close;
  close.hardware = {{std::nullopt, {2, 0, 0, 0, {}, {}}}};
  close.set_tags = {"close"};
  settings.dhcp.hosts.push_back(close);
  settings.dhcp.hosts.push_back(wide);
  EXPECT_EQ(tags_of(discover().option(61, {1, 2, 3})), "id, known, eth0");
  EXPECT_EQ(tags_of(discover().option(61, {0, 1, 2, 3})), "id, known, eth0") << "a leading zero octet is passed over";
  EXPECT_EQ(tags_of(discover(1)), "mac, known, eth0");
  EXPECT_EQ(tags_of(discover(2)), "close, known, eth0");
}

TEST_F(MatchingTest, LastConfiguredHostWinsButFiltersComeFirst) {
  settings.dhcp_matching.macs = {{"red", {std::nullopt, {2, 0, 0, 0, 0, 1}}}};
  auto& filtered = host(1);
  filtered.filters = {{"red", false}};
  filtered.set_tags = {"filtered"};
  host(1).set_tags = {"older"};
  host(1).set_tags = {"newer"};
  EXPECT_EQ(tags_of(discover(1)), "filtered, known, red, eth0");
}

TEST_F(MatchingTest, HardwareTypeMustSuit) {
  auto& token = host(1);
  token.hardware[0].type = 6;
  token.set_tags = {"token"};
  EXPECT_EQ(tags_of(discover()), "eth0");
  auto message = discover();
  message.header.htype = 6;
  EXPECT_EQ(tags_of(message), "token, known, eth0");
}

TEST_F(MatchingTest, RangesAskForTags) {
  settings.dhcp.ranges[0].filters = {{"red", false}};
  range("10.77.0.200", "10.77.0.210");
  settings.dhcp_matching.macs = {{"red", {std::nullopt, {2, 0, 0, 0, 0, 1}}}};
  EXPECT_EQ(offered(give(discover(1))), "10.77.0.145") << "a range with tags comes first";
  EXPECT_EQ(offered(give(discover(2))).substr(0, 9), "10.77.0.2");
}

TEST_F(MatchingTest, BroadbandForumClients) {
  EXPECT_EQ(tags_of(discover().option(125, {0, 0, 0x0d, 0xe9, 7, 1, 2, 'O', 'U', 2, 1, 'S'})), "cpewan-id, eth0");
}

}  // namespace
}  // namespace swapmasq::dhcp
