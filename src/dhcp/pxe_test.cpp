// Packets and lines that were observed at the reference (spec pxe.md sections 3 to 6).
#include "dhcp/engine_fixture.hpp"

namespace swapmasq::dhcp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto identity = "3c09505845436c69656e74 6111000102030405060708090a0b0c0d0e0f10";

class PxeTest : public EngineTest {
 protected:
  PxeTest() {
    service(0, "Install Linux", "pxelinux");
    service(0, "Local boot", "");
    service(7, "EFI boot", "ipxe.efi");
    service(11, "A", "grubaa64.efi").server = ip("10.77.0.8");
    service(11, "B", "grubb");
    settings.dhcp.pxe_prompts = {{{}, "Press F8", 10}};
    settings.dhcp.boots = {{{}, "fallback.0", "", {}, ""}};
    auto& vendor = option(1, {0, 0, 0, 0}, settings::DhcpOption::Encoding::addresses);
    vendor.scope = settings::DhcpOption::Scope::vendor;
    vendor.vendor_class = "PXEClient";
    text_option(175, "x").pxe_only = true;
  }

  settings::PxeService& service(std::uint16_t architecture, std::string_view text, std::string_view basename) {
    settings::PxeService line;
    line.architecture = architecture;
    line.menu_text = text;
    line.basename = basename;
    if (!basename.empty()) line.type = static_cast<std::uint16_t>(0x8000U + basenames_++);
    return settings.dhcp.pxe_services.emplace_back(line);
  }
  void proxy_range() { range("10.77.0.0", "10.77.0.0").kind = settings::DhcpRange::Kind::proxy; }

  static Message client(unsigned type, std::uint8_t architecture) {
    return Message{type}
        .text(60, "PXEClient:Arch:00000:UNDI:002001")
        .option(93, {0, architecture})
        .option(97, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
  }
  std::optional<Send> give_pxe_port(const Message& message, std::string_view source = "10.77.0.60") {
    const auto bytes = message.bytes();
    actions = engine().receive({bytes, {ip(source), 4444, 0}, ip("10.77.0.1"), 2, true}, interfaces, now);
    return sent();
  }
  // The option area as far as the last END.
  static std::string area(const std::optional<Send>& send) {
    if (!send) return "no reply";
    auto bytes = ByteView{send->bytes}.subspan(240);
    while (!bytes.empty() && bytes.back() == 0) bytes = bytes.first(bytes.size() - 1);
    return hex_text(bytes);
  }
  static std::string packed(std::string_view text) { return hex_text(hex(text)); }
  static std::string file_of(const std::optional<Send>& send) {
    const auto text = to_text(parsed(send).file());
    return text.substr(0, text.find('\0'));
  }

 private:
  unsigned basenames_ = 0;
};

TEST_F(PxeTest, ProxyOffersABiosClientTheMenu) {
  proxy_range();
  settings.dhcp.log_dhcp = true;
  const auto offer = give(client(1, 0));
  EXPECT_EQ(area(offer), packed(std::string{"350102 36040a4d0001 "} + identity +
                                "2b3d 060103 0807 8000010a4d0001 091d 80000d496e7374616c6c204c696e7578 "
                                "00000a4c6f63616c20626f6f74 0104 00000000 0a09 0a5072657373204638 ff af0178 ff"));
  EXPECT_EQ(offer->bytes.size(), 346U);
  EXPECT_EQ(offer->destination, ip("255.255.255.255"));
  EXPECT_EQ(parsed(offer).header.flags, 0x8000);
  EXPECT_EQ(parsed(offer).header.siaddr, Ipv4{});
  EXPECT_EQ(file_of(offer), "fallback.0");
  EXPECT_THAT(lines(), ElementsAre("287454020 available DHCP subnet: 10.77.0.0/255.255.255.0",
                                   "287454020 vendor class: PXEClient:Arch:00000:UNDI:002001",
                                   "287454020 PXE(eth0) 02:00:00:00:00:01 proxy", "287454020 tags: eth0",
                                   "287454020 bootfile name: fallback.0", "287454020 broadcast response",
                                   "287454020 sent size:  1 option: 53 message-type  2",
                                   "287454020 sent size:  4 option: 54 server-identifier  10.77.0.1",
                                   "287454020 sent size:  9 option: 60 vendor-class  50:58:45:43:6c:69:65:6e:74",
                                   "287454020 sent size: 17 option: 97 client-machine-id  "
                                   "00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d...",
                                   "287454020 sent size: 61 option: 43 vendor-encap  "
                                   "06:01:03:08:07:80:00:01:0a:4d:00:01:09:1d...",
                                   "287454020 sent size:  1 option:175   78"));
}

TEST_F(PxeTest, ProxyAcknowledgesOnItsOwnPort) {
  proxy_range();
  const auto ack = give_pxe_port(client(3, 0).ciaddr("10.77.0.60"));
  ASSERT_TRUE(ack);
  EXPECT_TRUE(ack->from_pxe_port);
  EXPECT_EQ(ack->destination, ip("10.77.0.60"));
  EXPECT_EQ(ack->port, 4444);
  EXPECT_EQ(parsed(ack).header.ciaddr, ip("10.77.0.60"));
  EXPECT_EQ(parsed(ack).header.flags, 0);
  EXPECT_EQ(option_of(ack, 53), "05");
  EXPECT_THAT(lines(), ElementsAre("PXE(eth0) 02:00:00:00:00:01 proxy"));
}

TEST_F(PxeTest, SingleUefiServiceIsTakenWithoutMenu) {
  proxy_range();
  const auto offer = give(client(1, 7));
  EXPECT_EQ(area(offer), packed(std::string{"350102 36040a4d0001 "} + identity + "af0178 ff"));
  EXPECT_EQ(offer->bytes.size(), 300U);
  EXPECT_EQ(parsed(offer).header.siaddr, ip("10.77.0.1"));
  EXPECT_EQ(file_of(offer), "");
  const auto ack = give_pxe_port(client(3, 7).ciaddr("10.77.0.60"));
  EXPECT_EQ(area(ack), packed(std::string{"350105 36040a4d0001 "} + identity + "af0178 ff"));
  EXPECT_EQ(file_of(ack), "ipxe.efi");
  EXPECT_EQ(to_text(parsed(ack).sname().first(9)), "10.77.0.1");
}

TEST_F(PxeTest, SeveralUefiServicesAreAMenuOnThePxePort) {
  proxy_range();
  const auto offer = give(client(1, 11));
  EXPECT_EQ(option_of(offer, 43), "absent");
  EXPECT_EQ(file_of(offer), "fallback.0");
  const auto ack = give_pxe_port(client(3, 11).ciaddr("10.77.0.60"));
  EXPECT_EQ(option_of(ack, 43), packed("060103 080e 8002010a4d0001 8003010a4d0001 0908 80020141 80030142 "
                                       "0104 00000000 0a09 0a5072657373204638 ff"));
  EXPECT_EQ(parsed(ack).header.siaddr, ip("10.77.0.1"));
  EXPECT_EQ(option_of(give_pxe_port(client(3, 9).ciaddr("10.77.0.60")), 43),
            packed("060108 0104 00000000 0a09 0a5072657373204638 ff"))
      << "no service";
}

TEST_F(PxeTest, WithoutAPromptTheMenuBringsItsOwn) {
  proxy_range();
  settings.dhcp.pxe_prompts.clear();
  EXPECT_TRUE(option_of(give(client(1, 0)), 43).starts_with(packed("060103 0a04 ff505845 0807")));
  settings.dhcp.pxe_services.resize(1);
  EXPECT_TRUE(option_of(give(client(1, 0)), 43).starts_with(packed("060103 0a04 00505845 0807")));
}

TEST_F(PxeTest, AMenuThatIsTooLargeIsLeftOut) {
  proxy_range();
  for (int i = 0; i < 10; ++i) service(0, std::string(30, 'm'), "x");
  EXPECT_EQ(option_of(give(client(1, 0)), 43), packed("0104 00000000 0a09 0a5072657373204638 ff"));
  EXPECT_EQ(lines().front(), "PXE menu too large");
}

TEST_F(PxeTest, NormalRepliesCarryTheMenu) {
  usual_range();
  settings.dhcp.options.clear();
  settings.dhcp.pxe_services.resize(1);
  auto& other = service(0, "Other server", "");
  other.type = 1;
  other.server = ip("10.77.0.7");
  service(0, "Local boot", "");
  const auto offer = give(client(1, 0).option(55, {1, 3, 43, 60, 67}));
  EXPECT_EQ(area(offer), packed(std::string{"350102 36040a4d0001 33040000a8c0 430b66616c6c6261636b2e3000 3a0400005460 "
                                            "3b04000093a8 0104ffffff00 1c040a4d00ff 03040a4d0001"} +
                                identity +
                                "2b4d 060103 080e 8000010a4d0001 0001010a4d0007 092c 80000d496e7374616c6c204c696e7578 "
                                "00010c4f7468657220736572766572 00000a4c6f63616c20626f6f74 0a09 0a5072657373204638 ff"
                                "ff"));
  EXPECT_EQ(option_of(give(client(1, 0).option(55, {1})), 43), "absent");
}

TEST_F(PxeTest, ASingleUefiServiceLeavesTheConfiguredOptions) {
  usual_range();
  EXPECT_EQ(option_of(give(client(1, 7)), 43), packed("0104 00000000 0a09 0a5072657373204638 ff"));
}

// Observed: a prompt goes wherever vendor options go.
TEST_F(PxeTest, WithoutArchitectureTheClientGetsItsVendorOptions) {
  usual_range();
  const auto offer = give(discover().text(60, "PXEClient"));
  EXPECT_EQ(option_of(offer, 43), packed("0104 00000000 0a09 0a5072657373204638 ff"));
  EXPECT_EQ(option_of(offer, 97), "absent");
}

TEST_F(PxeTest, BootItemsNameTheFile) {
  usual_range();
  const auto message = client(3, 0).ciaddr("10.77.0.103").option(43, {71, 4, 0x80, 0, 0, 0, 255});
  const auto ack = give_pxe_port(message, "10.77.0.103");
  EXPECT_EQ(area(ack), packed(std::string{"350105 36040a4d0001 "} + identity +
                              "2b18 470480000000 0104 00000000 0a090a5072657373204638 ff ff"));
  EXPECT_EQ(file_of(ack), "pxelinux.0");
  EXPECT_EQ(parsed(ack).header.siaddr, ip("10.77.0.1"));
  EXPECT_EQ(parsed(ack).header.ciaddr, Ipv4{});
  EXPECT_EQ(ack->destination, ip("10.77.0.103"));
  EXPECT_THAT(lines(), ElementsAre("PXE(eth0) 10.77.0.103 02:00:00:00:00:01 pxelinux.0"));

  const auto direct = give(client(3, 0).ciaddr("10.77.0.103").option(43, {71, 4, 0x80, 0, 0, 1, 255}));
  EXPECT_EQ(file_of(direct), "pxelinux.1");
  EXPECT_EQ(direct->destination, ip("10.77.0.103"));
  EXPECT_TRUE(direct->neighbour);
  lines();
  EXPECT_FALSE(give(client(3, 0).ciaddr("10.77.0.103").option(43, {71, 4, 0x80, 0, 0x80, 0, 255})));
  EXPECT_THAT(lines(), ElementsAre("PXE BIS not supported"));
  EXPECT_FALSE(give(client(3, 0).ciaddr("10.77.0.103").option(43, {71, 4, 0, 9, 0, 0, 255})));
}

// Observed: the reply is made from the client's tags alone.
TEST_F(PxeTest, BootItemsDoNotKnowTheTagOfTheRange) {
  usual_range().set_tag = "range";
  auto& of_range = option(2, {10, 77, 0, 5}, settings::DhcpOption::Encoding::addresses);
  of_range.scope = settings::DhcpOption::Scope::vendor;
  of_range.vendor_class = "PXEClient";
  of_range.filters = {{"range", false}};
  settings.dhcp.log_dhcp = true;
  const auto ack = give_pxe_port(client(3, 0).ciaddr("10.77.0.103").option(43, {71, 4, 0x80, 0, 0, 0, 255}));
  EXPECT_EQ(option_of(ack, 43), packed("470480000000 0104 00000000 0a090a5072657373204638 ff"));
  EXPECT_THAT(lines(), testing::Contains("287454020 tags: eth0"));
}

TEST_F(PxeTest, AServerWithoutAddressStaysOutOfTheList) {
  proxy_range();
  settings.dhcp.pxe_services.clear();
  auto& named = service(0, "Elsewhere", "");
  named.type = 5;
  named.server_host = "nohost";
  EXPECT_EQ(option_of(give(client(1, 0)), 43),
            packed("060102 090c 0005 09 456c73657768657265 0104 00000000 0a09 0a5072657373204638 ff"));
  EXPECT_EQ(lines().front(), "No IPv4 address found for nohost");
}

// Observed: whatever the client asked for, and even with dhcp-no-override.
TEST_F(PxeTest, ProxyRepliesSpillIntoFileAndServerName) {
  proxy_range();
  settings.dhcp.boots.clear();
  settings.dhcp.no_override = true;
  for (std::uint8_t code = 200; code != 203; ++code) text_option(code, std::string(80, 'x')).pxe_only = true;
  const auto offer = give(client(1, 0));
  EXPECT_EQ(option_of(offer, 52), "01");
  EXPECT_EQ(parsed(offer).file().front(), 200);
}

// The reference's own tag list is damaged by the second request.
TEST_F(PxeTest, TheTagOfAProxyRangeChoosesTheBootFile) {
  proxy_range();
  settings.dhcp.ranges.back().set_tag = "proxied";
  settings.dhcp.boots = {{{}, "other.0", "", {}, ""}, {{{"proxied", false}}, "proxied.0", "", {}, ""}};
  for (int round = 0; round != 3; ++round) EXPECT_EQ(file_of(give(client(1, 0))), "proxied.0");
}

TEST_F(PxeTest, OthersAreNotServedByAProxy) {
  proxy_range();
  EXPECT_FALSE(give(discover()));
  EXPECT_FALSE(give(client(3, 0).address(50, "10.77.0.60")));
  EXPECT_FALSE(give(client(8, 0).ciaddr("10.77.0.60")));
  EXPECT_FALSE(give(Message{1}.text(60, "PXEClient"))) << "no architecture";
  EXPECT_FALSE(give(discover().text(60, "xPXEClient").option(93, {0, 0})));
  EXPECT_TRUE(give(discover().text(60, "PXEClient2:0").option(93, {0, 0})));
  EXPECT_FALSE(give_pxe_port(Message{}));
}

TEST_F(PxeTest, IgnoredClientsAreTold) {
  proxy_range();
  settings.dhcp.ignore = {{{"eth0", false}}};
  EXPECT_FALSE(give(client(1, 0)));
  EXPECT_THAT(lines(), ElementsAre("PXE(eth0) 02:00:00:00:00:01 proxy-ignored"));
}

TEST_F(PxeTest, WithoutServicesAProxyIsSilent) {
  proxy_range();
  settings.dhcp.pxe_services.clear();
  settings.dhcp.pxe_prompts.clear();
  EXPECT_FALSE(give(client(1, 0)));
  EXPECT_THAT(lines(), IsEmpty());
}

TEST_F(PxeTest, OwnVendorStringsReplaceTheDefault) {
  proxy_range();
  settings.dhcp.pxe_vendors = {"HTTPClient"};
  EXPECT_FALSE(give(client(1, 0)));
  const auto offer = give(discover().text(60, "HTTPClient:Arch:00016").option(93, {0, 16}));
  EXPECT_EQ(option_of(offer, 60), hex_text(to_bytes("HTTPClient")));
}

TEST_F(PxeTest, ProxyRepliesMayBeDelayed) {
  proxy_range();
  settings.dhcp_matching.reply_delays = {{{}, 1}};
  settings.dhcp.log_dhcp = true;
  EXPECT_FALSE(give(client(1, 0)));
  EXPECT_EQ(lines().back(), "287454020 reply delay: 1");
  actions = engine().tick(engine().next_event().value());
  EXPECT_TRUE(sent());
  EXPECT_THAT(lines(), testing::Contains("287454020 broadcast response")) << "told when it is sent";
}

}  // namespace
}  // namespace swapmasq::dhcp
