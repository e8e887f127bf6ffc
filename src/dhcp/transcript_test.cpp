// The transcripts that were observed at the reference (spec dhcpv4.md section 17), octet by octet.
#include "dhcp/engine_fixture.hpp"

namespace swapmasq::dhcp {
namespace {

using testing::ElementsAre;

class TranscriptTest : public EngineTest {};

Message& with_wishes(Message& message) {
  return message.text(12, "laptop").option(55, {1, 28, 2, 3, 15, 6, 119, 12, 44, 47, 26, 121, 42});
}

TEST_F(TranscriptTest, AddressIsOfferedAndAcknowledged) {
  usual_range();
  settings.dns.port = 53;
  settings.dns.domain = "lan.test";

  auto discovery = discover().address(50, "10.77.0.120");
  const auto offer = give(with_wishes(discovery));
  ASSERT_TRUE(offer);
  EXPECT_EQ(offer->bytes.size(), 302U);
  EXPECT_EQ(hex_text(ByteView{offer->bytes}.subspan(236)),
            "63825363350102"
            "36040a4d000133040000a8c03a04000054603b04000093a8"
            "0104ffffff001c040a4d00ff03040a4d000106040a4d00010f086c616e2e74657374ff");
  EXPECT_EQ(offer->destination, ip("10.77.0.120"));
  EXPECT_EQ(offer->port, 68);
  EXPECT_EQ(offer->egress_interface, 2U);
  ASSERT_TRUE(offer->neighbour);
  EXPECT_EQ(offer->neighbour->hardware.to_string(), "02:00:00:00:00:01");

  auto demand = selecting("10.77.0.120");
  const auto ack = give(with_wishes(demand));
  ASSERT_TRUE(ack);
  EXPECT_EQ(ack->bytes.size(), 310U);
  EXPECT_EQ(options_of(ack),
            "53=05 54=0a4d0001 51=0000a8c0 58=00005460 59=000093a8 1=ffffff00 28=0a4d00ff 3=0a4d0001 6=0a4d0001 "
            "15=6c616e2e74657374 12=6c6170746f70 ff");
  EXPECT_TRUE(std::get<LeasesChanged>(actions.front()).file) << "the lease is written before the reply is sent";

  EXPECT_THAT(lines(), ElementsAre("DHCPDISCOVER(eth0) 10.77.0.120 02:00:00:00:00:01 ",
                                   "DHCPOFFER(eth0) 10.77.0.120 02:00:00:00:00:01 ",
                                   "DHCPREQUEST(eth0) 10.77.0.120 02:00:00:00:00:01 ",
                                   "DHCPACK(eth0) 10.77.0.120 02:00:00:00:00:01 laptop"));
  EXPECT_EQ(lease_lines(), "1795211200 02:00:00:00:00:01 10.77.0.120 laptop *\n");
}

TEST_F(TranscriptTest, LogDhcpTellsEverything) {
  usual_range();
  settings.dns.port = 53;
  settings.dns.domain = "lan.test";
  settings.dhcp.log_dhcp = true;
  auto demand = selecting("10.77.0.120");
  give(with_wishes(demand));
  EXPECT_THAT(lines(),
              ElementsAre("287454020 available DHCP range: 10.77.0.100 -- 10.77.0.150",
                          "287454020 client provides name: laptop",
                          "287454020 DHCPREQUEST(eth0) 10.77.0.120 02:00:00:00:00:01 ", "287454020 tags: eth0",
                          "287454020 DHCPACK(eth0) 10.77.0.120 02:00:00:00:00:01 laptop",
                          "287454020 requested options: 1:netmask, 28:broadcast, 2:time-offset, 3:router, ",
                          "287454020 requested options: 15:domain-name, 6:dns-server, 119:domain-search, ",
                          "287454020 requested options: 12:hostname, 44:netbios-ns, 47:netbios-scope, ",
                          "287454020 requested options: 26:mtu, 121:classless-static-route, 42:ntp-server",
                          "287454020 next server: 10.77.0.1", "287454020 sent size:  1 option: 53 message-type  5",
                          "287454020 sent size:  4 option: 54 server-identifier  10.77.0.1",
                          "287454020 sent size:  4 option: 51 lease-time  12h",
                          "287454020 sent size:  4 option: 58 T1  6h", "287454020 sent size:  4 option: 59 T2  10h30m",
                          "287454020 sent size:  4 option:  1 netmask  255.255.255.0",
                          "287454020 sent size:  4 option: 28 broadcast  10.77.0.255",
                          "287454020 sent size:  4 option:  3 router  10.77.0.1",
                          "287454020 sent size:  4 option:  6 dns-server  10.77.0.1",
                          "287454020 sent size:  8 option: 15 domain-name  lan.test",
                          "287454020 sent size:  6 option: 12 hostname  laptop"));
}

TEST_F(TranscriptTest, AddressOfAnotherNetworkIsRefused) {
  usual_range();
  settings.dhcp.log_dhcp = true;
  const auto nak = give(selecting("10.77.9.1"));
  ASSERT_TRUE(nak);
  EXPECT_EQ(nak->bytes.size(), 300U);
  EXPECT_EQ(hex_text(ByteView{nak->bytes}.subspan(240, 25)), "35010636040a4d0001380d77726f6e67206e6574776f726bff");
  EXPECT_EQ(parsed(nak).header.flags, 0x8000);
  EXPECT_EQ(nak->destination, ip("255.255.255.255"));
  EXPECT_EQ(nak->egress_interface, 2U);
  EXPECT_THAT(lines(), ElementsAre("287454020 available DHCP range: 10.77.0.100 -- 10.77.0.150",
                                   "287454020 DHCPREQUEST(eth0) 10.77.9.1 02:00:00:00:00:01 ",
                                   "287454020 DHCPNAK(eth0) 10.77.9.1 02:00:00:00:00:01 wrong network",
                                   "287454020 broadcast response", "287454020 sent size:  1 option: 53 message-type  6",
                                   "287454020 sent size:  4 option: 54 server-identifier  10.77.0.1",
                                   "287454020 sent size: 13 option: 56 message  "
                                   "77:72:6f:6e:67:20:6e:65:74:77:6f:72:6b"));
}

TEST_F(TranscriptTest, BootpClientGetsItsConfiguredAddressAndFile) {
  range("10.77.0.100", "10.77.0.105").set_tag = "ctx";
  settings.dhcp.log_dhcp = true;
  settings.dns.domain = "lan.test";
  auto& fixed = host(0xaa);
  fixed.address = ip("10.77.0.50");
  fixed.name = "fixed";
  fixed.set_tags = {"hh"};
  text_option(17, "/root/path");
  option(42, {1, 2, 3, 4}, settings::DhcpOption::Encoding::addresses).filters = {{"bootp", false}};
  settings.dhcp.boots = {{{{"img.0", false}}, "special.0", "srv", ip("10.77.0.9"), ""}, {{}, "default.0", "", {}, ""}};

  Message message{0, 0xaa};
  message.file = "img.0";
  const auto reply = give(message);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->bytes.size(), 300U);
  EXPECT_EQ(hex_text(ByteView{reply->bytes}.subspan(240, 58)),
            "0104ffffff001c040a4d00ff03040a4d00010f086c616e2e746573740c0566697865642a0401020304110a2f726f6f742f706174"
            "68ff00000000");
  EXPECT_THAT(lines(),
              ElementsAre("287454020 available DHCP range: 10.77.0.100 -- 10.77.0.105",
                          "287454020 tags: ctx, bootp, img.0, hh, known, eth0",
                          "287454020 BOOTP(eth0) 10.77.0.50 02:00:00:00:00:aa ", "287454020 bootfile name: special.0",
                          "287454020 server name: srv", "287454020 next server: 10.77.0.9",
                          "287454020 sent size:  4 option:  1 netmask  255.255.255.0",
                          "287454020 sent size:  4 option: 28 broadcast  10.77.0.255",
                          "287454020 sent size:  4 option:  3 router  10.77.0.1",
                          "287454020 sent size:  8 option: 15 domain-name  lan.test",
                          "287454020 sent size:  5 option: 12 hostname  fixed",
                          "287454020 sent size:  4 option: 42 ntp-server  1.2.3.4",
                          "287454020 sent size: 10 option: 17 root-path  /root/path"));
  EXPECT_EQ(lease_lines(), "0 02:00:00:00:00:aa 10.77.0.50 fixed *\n");
}

TEST_F(TranscriptTest, DeclinedStaticAddressIsLeftAloneForAWhile) {
  usual_range();
  host(0xad).address = ip("10.77.0.51");
  give(Message{4, 0xad}.address(50, "10.77.0.51").address(54, "10.77.0.1").text(56, "dup address"));
  const auto offer = give(discover(0xad));
  EXPECT_THAT(lines(), ElementsAre("DHCPDECLINE(eth0) 10.77.0.51 02:00:00:00:00:ad dup address",
                                   "disabling DHCP static address 10.77.0.51 for 10m",
                                   "not using configured address 10.77.0.51 because it was previously declined",
                                   "DHCPDISCOVER(eth0) 02:00:00:00:00:ad ",
                                   "DHCPOFFER(eth0) " + offered(offer) + " 02:00:00:00:00:ad "));
  now += std::chrono::seconds{600};
  EXPECT_EQ(offered(give(discover(0xad))), "10.77.0.51");
}

TEST_F(TranscriptTest, OptionsSpillIntoFileAndServerName) {
  usual_range();
  settings.dhcp.log_dhcp = true;
  Bytes wishes{1, 3, 6, 15};
  for (std::uint8_t code = 200; code < 212; ++code) {
    text_option(code, std::string(63, 'x'));
    wishes.push_back(code);
  }
  const auto offer = give(discover().option(55, wishes));
  ASSERT_TRUE(offer);
  const auto reply = parsed(offer);
  EXPECT_EQ(option_of(offer, 52), "03");
  EXPECT_EQ(hex_text(reply.file()).substr(0, 4), "d03f");
  EXPECT_EQ(reply.file()[65], 255);
  EXPECT_EQ(reply.sname()[0], 255);
  const auto said = lines();
  EXPECT_EQ(std::ranges::count(said, "cannot send DHCP/BOOTP option 200: no space left in packet"), 1);
  EXPECT_EQ(std::ranges::count_if(said, [](const auto& l) { return l.starts_with("cannot send"); }), 8);
  const auto at = [&](std::string_view start) {
    return std::ranges::find_if(said, [&](const auto& l) { return l.starts_with(start); }) - said.begin();
  };
  EXPECT_LT(at("287454020 sent size: 63 option:208"), at("287454020 next server"));
}

}  // namespace
}  // namespace swapmasq::dhcp
