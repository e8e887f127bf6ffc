#include "dhcp/engine_fixture.hpp"

namespace swapmasq::dhcp {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using Encoding = settings::DhcpOption::Encoding;
using Scope = settings::DhcpOption::Scope;

class ReplyOptionsTest : public EngineTest {
 protected:
  ReplyOptionsTest() { usual_range().set_tag = "ctx"; }

  settings::DhcpOption& tagged(std::uint32_t code, std::string_view text, std::vector<std::string> tags) {
    auto& line = text_option(code, text);
    for (const auto& tag : tags) {
      const bool negated = tag.starts_with('!');
      line.filters.push_back({negated ? tag.substr(1) : tag, negated});
    }
    return line;
  }
  std::string sent_text(std::uint8_t code) {
    const auto data = hex(option_of(give(discover()), code));
    return to_text(data);
  }
};

TEST_F(ReplyOptionsTest, ParameterListDecidesAndAnEmptyOneAsksForNothing) {
  text_option(40, "nis");
  EXPECT_EQ(options_of(give(discover().option(55, {}))),
            "53=02 54=0a4d0001 51=0000a8c0 58=00005460 59=000093a8 1=ffffff00 28=0a4d00ff ff");
  EXPECT_EQ(option_of(give(discover()), 40), "6e6973") << "no list: everything";
  EXPECT_EQ(option_of(give(discover().option(55, {1, 255, 40})), 40), "absent") << "END ends the list";
  settings.dhcp.options[0].forced = true;
  EXPECT_EQ(option_of(give(discover().option(55, {})), 40), "6e6973");
}

TEST_F(ReplyOptionsTest, ConfiguredOptionsReplaceDefaultsInReverseOrder) {
  option(3, {});
  option(6, {9, 9, 9, 9}, Encoding::addresses);
  text_option(15, "other.test");
  settings.dns.port = 53;
  settings.dns.domain = "lan.test";
  EXPECT_EQ(options_of(give(discover())),
            "53=02 54=0a4d0001 51=0000a8c0 58=00005460 59=000093a8 1=ffffff00 28=0a4d00ff "
            "15=6f746865722e74657374 6=09090909 ff");
}

TEST_F(ReplyOptionsTest, DnsServerIsAnnouncedOnPort53Only) {
  settings.dns.port = 5353;
  EXPECT_EQ(option_of(give(discover()), 6), "absent");
  settings.dns.port = 53;
  EXPECT_EQ(option_of(give(discover()), 6), "0a4d0001");
}

TEST_F(ReplyOptionsTest, ZeroAddressMeansThisServer) {
  option(42, {0, 0, 0, 0, 1, 1, 1, 1}, Encoding::addresses);
  option(44, {0, 0, 0, 0});
  EXPECT_EQ(option_of(give(discover()), 42), "0a4d000101010101");
  EXPECT_EQ(option_of(give(discover()), 44), "00000000");
}

TEST_F(ReplyOptionsTest, TaggedBeatsUntaggedAndTheLastWins) {
  settings.dhcp_matching.macs.push_back({"red", {std::nullopt, {2, 0, 0, 0, 0, 1}}});
  text_option(40, "plain");
  tagged(40, "first", {"red"});
  tagged(40, "second", {"red"});
  tagged(40, "range", {"ctx"});
  EXPECT_EQ(sent_text(40), "second");
  EXPECT_EQ(to_text(hex(option_of(give(discover(2)), 40))), "range") << "lines that need the tag of the range";
}

TEST_F(ReplyOptionsTest, ATagOfTheRangeTakesLinesBackThatForbidIt) {
  text_option(40, "plain");
  tagged(40, "not here", {"!ctx"});
  EXPECT_EQ(sent_text(40), "plain");
}

TEST_F(ReplyOptionsTest, DuplicatesAreToldPerReply) {
  for (const auto* text : {"one", "two", "three"}) text_option(40, text);
  EXPECT_EQ(sent_text(40), "three");
  EXPECT_THAT(lines(),
              ElementsAre("DHCPDISCOVER(eth0) 02:00:00:00:00:01 ", "DHCPOFFER(eth0) 10.77.0.145 02:00:00:00:00:01 ",
                          "Ignoring duplicate dhcp-option 40", "Ignoring duplicate dhcp-option 40"));
}

TEST_F(ReplyOptionsTest, SomeNumbersAreNeverSent) {
  for (const std::uint32_t code : {0U, 52U, 57U, 81U, 255U}) option(code, {1, 2, 3, 4}).forced = true;
  option(257, {7}).forced = true;
  option(40, {});
  EXPECT_EQ(options_of(give(discover().option(55, {40}))),
            "53=02 54=0a4d0001 51=0000a8c0 58=00005460 59=000093a8 1=ffffff00 28=0a4d00ff 40= 1=07 ff")
      << "numbers above 255 wrap; an empty option is sent as such";
}

TEST_F(ReplyOptionsTest, ConfiguredTimesMustFitTheLease) {
  option(58, {0, 0, 1, 0});
  option(59, {0, 0, 2, 0});
  auto offer = give(discover());
  EXPECT_EQ(option_of(offer, 58) + option_of(offer, 59), "0000010000000200");
  settings.dhcp.options[0].data = {0, 0, 3, 0};
  offer = give(discover());
  EXPECT_EQ(option_of(offer, 58), "000001ff") << "never after T2";
  settings.dhcp.options[1].data = {0, 0, 0xa8, 0xc0};
  EXPECT_EQ(option_of(give(discover()), 59), "000093a8") << "not less than the lease";
}

TEST_F(ReplyOptionsTest, TextEndsInNulForClientsThatSendIt) {
  settings.dns.domain = "lan.test";
  text_option(40, "nis");
  const auto ack = give(selecting("10.77.0.120").option(12, {'l', 'a', 'p', 0}));
  EXPECT_EQ(option_of(ack, 12), "6c617000");
  EXPECT_EQ(option_of(ack, 15), "6c616e2e7465737400");
  EXPECT_EQ(option_of(ack, 40), "6e697300");
}

TEST_F(ReplyOptionsTest, BootSettingsGoToTheHeaderOrToOptions) {
  settings.dhcp.boots = {{{}, "bf", "sn", ip("10.77.0.9"), ""}};
  auto offer = give(discover().option(55, {1}));
  EXPECT_EQ(parsed(offer).header.siaddr, ip("10.77.0.9"));
  EXPECT_EQ(to_text(parsed(offer).file().first(3)), std::string("bf\0", 3));
  EXPECT_EQ(to_text(parsed(offer).sname().first(3)), std::string("sn\0", 3));
  offer = give(discover().option(55, {67, 66, 1}));
  EXPECT_EQ(options_of(offer).substr(0, 61), "53=02 54=0a4d0001 51=0000a8c0 66=736e00 67=626600 58=00005460");
  EXPECT_EQ(parsed(offer).file()[0], 0);
  settings.dhcp.no_override = true;
  EXPECT_EQ(option_of(give(discover().option(55, {67, 66, 1})), 67), "absent");
}

TEST_F(ReplyOptionsTest, TaggedBootLineWins) {
  settings.dhcp.boots = {{{{"ctx", false}}, "tagged", "", {}, ""}, {{}, "plain", "", {}, ""}};
  EXPECT_EQ(to_text(parsed(give(discover())).file().first(6)), "tagged");
}

TEST_F(ReplyOptionsTest, BootServerIsLookedUpInTheHostsFiles) {
  settings.dhcp.boots = {{{}, "bf", "", {}, "boothost"}};
  EXPECT_EQ(parsed(give(discover())).header.siaddr, Ipv4{});
  EXPECT_THAT(lines(), Contains("No IPv4 address found for boothost"));
  names.entries = {{"boothost", ip("10.77.0.7")}};
  EXPECT_EQ(parsed(give(discover())).header.siaddr, ip("10.77.0.7"));
}

TEST_F(ReplyOptionsTest, WithoutBootLineOptionsFillTheHeader) {
  text_option(66, "srv");
  text_option(67, "boot.0");
  option(255, {1, 2, 3, 4}, Encoding::addresses);
  const auto offer = give(discover());
  EXPECT_EQ(to_text(parsed(offer).file().first(6)), "boot.0");
  EXPECT_EQ(to_text(parsed(offer).sname().first(3)), "srv");
  EXPECT_EQ(parsed(offer).header.siaddr, ip("1.2.3.4"));
  EXPECT_EQ(option_of(offer, 67), "absent");
  const auto asked = give(discover().option(55, {67}));
  EXPECT_EQ(option_of(asked, 67), hex_text(to_bytes("boot.0")) + "00");
  EXPECT_EQ(parsed(asked).file()[0], 0);
  EXPECT_EQ(to_text(parsed(asked).sname().first(3)), "srv");
}

TEST_F(ReplyOptionsTest, EncapsulatedOptionsShareTheirOuterOne) {
  const auto encapsulated = [&](std::uint32_t code, Bytes data) {
    auto& line = option(code, std::move(data));
    line.scope = Scope::encapsulated;
    line.encapsulating = 175;
  };
  encapsulated(190, to_bytes("user"));
  encapsulated(191, {5});
  EXPECT_EQ(option_of(give(discover()), 175), "bf0105be0475736572ff");
  EXPECT_EQ(option_of(give(discover().option(55, {1})), 175), "absent");
}

TEST_F(ReplyOptionsTest, LongEncapsulatedOptionsAreSplitBetweenMembers) {
  for (const char c : {'A', 'B', 'C'}) {
    auto& line = text_option(1, std::string(100, c));
    line.scope = Scope::encapsulated;
    line.encapsulating = 175;
  }
  const auto offer = give(discover().option(57, {5, 0xdc}).option(55, {175}));
  std::vector<std::size_t> sizes;
  for (const auto& o : wire::split_dhcp4_options(parsed(offer).options())) {
    if (o.code == 175) sizes.push_back(o.data.size());
  }
  EXPECT_THAT(sizes, ElementsAre(204, 103)) << "only the last one ends in END";
}

TEST_F(ReplyOptionsTest, VendorIdentifyingOptionsStandUnderTheirEnterprise) {
  const auto member = [&](std::uint32_t code, Bytes data) {
    auto& line = option(code, std::move(data));
    line.scope = Scope::vendor_identifying;
    line.encapsulating = 1234;
  };
  member(5, to_bytes("foo"));
  member(6, {7});
  EXPECT_EQ(option_of(give(discover()), 125), "000004d2080601070503666f6f");
  member(8, Bytes(200));
  member(9, Bytes(60));
  EXPECT_EQ(option_of(give(discover()), 125), "absent");
  EXPECT_THAT(lines(), Contains("cannot send RFC3925 option: too many options for enterprise number 1234"));
}

TEST_F(ReplyOptionsTest, VendorOptionsNeedTheirClass) {
  auto& line = text_option(1, "abc");
  line.scope = Scope::vendor;
  line.vendor_class = "foo";
  EXPECT_EQ(option_of(give(discover()), 43), "absent");
  const auto offer = give(discover().text(60, "xfoox"));
  EXPECT_EQ(option_of(offer, 43), "0103616263ff");
  EXPECT_EQ(option_of(offer, 60), hex_text(to_bytes("xfoox"))) << "the class is echoed";
  EXPECT_EQ(option_of(give(discover().text(60, "xfoox").option(55, {1})), 43), "absent");
  text_option(60, "bar");
  EXPECT_EQ(option_of(give(discover().text(60, "xfoox")), 43), "absent") << "the class that is sent counts";
}

TEST_F(ReplyOptionsTest, ReplyMayBeAsLongAsTheClientSays) {
  text_option(200, std::string(250, 'a'));
  text_option(201, std::string(250, 'b'));
  EXPECT_EQ(option_of(give(discover()), 200), "absent");
  EXPECT_THAT(lines(), Contains("cannot send DHCP/BOOTP option 200: no space left in packet"));
  EXPECT_NE(option_of(give(discover().option(57, {5, 0xdc})), 200), "absent");
  EXPECT_NE(option_of(give(discover().option(57, {0, 27})), 200), "absent") << "less than 28 means the largest";
  EXPECT_EQ(option_of(give(discover().option(57, {0, 28})), 200), "absent");
}

TEST_F(ReplyOptionsTest, AgentInformationIsEchoedLast) {
  EXPECT_TRUE(options_of(give(discover().option(82, {1, 2, 'a', 'b'}))).ends_with("82=01026162 ff"));
  EXPECT_TRUE(options_of(give(selecting("10.77.9.1").option(82, {1, 2, 'a', 'b'}))).ends_with("82=01026162 ff"));
}

TEST_F(ReplyOptionsTest, DhcpBroadcastSetsTheFlag) {
  settings.dhcp.broadcast = {{{"eth0", false}}};
  const auto offer = give(discover());
  EXPECT_EQ(parsed(offer).header.flags, 0x8000);
  EXPECT_EQ(offer->destination, ip("255.255.255.255"));
  settings.dhcp.broadcast = {{{"ctx", false}}};
  EXPECT_EQ(parsed(give(discover())).header.flags, 0) << "the tag of the range is not seen";
}

}  // namespace
}  // namespace swapmasq::dhcp
