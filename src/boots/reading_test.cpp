#include "boots/reading.hpp"

#include "boots/architecture.hpp"
#include "boots/story_fixture.hpp"

namespace swapmasq::boots {
namespace {

using Kind = Firmware::Kind;

Kind kind(const Packet& packet) {
  const auto bytes = packet.bytes();
  return kind_of(wire::Dhcp4Message::parse(bytes).value());
}

TEST(Reading, WhoAsks) {
  EXPECT_EQ(kind(pxe(1)), Kind::pxe);
  EXPECT_EQ(kind(Packet{1}.architecture(7)), Kind::pxe);
  EXPECT_EQ(kind(Packet{1}.text(60, "HTTPClient:Arch:00016:UNDI:003001").architecture(16)), Kind::http_boot);
  EXPECT_EQ(kind(Packet{1}.text(60, "U-Boot.armv8").architecture(22)), Kind::u_boot);
  EXPECT_EQ(kind(ipxe(1)), Kind::ipxe);
  EXPECT_EQ(kind(pxe(1).option(175, {1, 1, 1})), Kind::ipxe);
  EXPECT_EQ(kind(pxe(1).text(77, "\004iPXE")), Kind::ipxe);
  EXPECT_EQ(kind(pxe(1).text(77, "gPXE")), Kind::ipxe);
  EXPECT_EQ(kind(Packet{}), Kind::bootp);
  EXPECT_EQ(kind(Packet{1}), Kind::system);
  EXPECT_EQ(kind(of_system(1)), Kind::system);
}

TEST(Reading, ItsFirmware) {
  const auto bytes = ipxe(1, 7).bytes();
  const auto firmware = firmware_of(wire::Dhcp4Message::parse(bytes).value());
  EXPECT_EQ(firmware.architecture, 7);
  EXPECT_EQ(firmware.vendor_class, "PXEClient:Arch:00000:UNDI:002001");
  EXPECT_EQ(firmware.user_class, "iPXE");
}

std::string machine(Bytes option) {
  const auto bytes = pxe(1).option(97, std::move(option)).bytes();
  return machine_id_of(wire::Dhcp4Message::parse(bytes).value());
}

TEST(Reading, TheMachinesIdentity) {
  EXPECT_EQ(machine({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}),
            "01020304-0506-0708-090a-0b0c0d0e0f10");
  EXPECT_EQ(machine({1, 2, 3}), "01:02:03");
  const auto without = pxe(1).bytes();
  EXPECT_EQ(machine_id_of(wire::Dhcp4Message::parse(without).value()), "");
}

TEST(Reading, Replies) {
  Packet packet{2};
  packet.header.yiaddr = ip("10.0.0.5");
  packet.header.siaddr = ip("10.0.0.1");
  packet.sname = "server";
  packet.file = "pxelinux.0";
  packet.option(54, {10, 0, 0, 1}).option(43, {6, 1, 3, 9, 2, 0, 0});
  const auto bytes = packet.bytes();
  const auto reply = reply_of(wire::Dhcp4Message::parse(bytes).value());
  EXPECT_EQ(reply.type, wire::Dhcp4Type::offer);
  EXPECT_EQ(reply.address, ip("10.0.0.5"));
  EXPECT_EQ(reply.server, ip("10.0.0.1"));
  EXPECT_EQ(reply.next_server, ip("10.0.0.1"));
  EXPECT_EQ(reply.server_name, "server");
  EXPECT_EQ(reply.file, "pxelinux.0");
  EXPECT_TRUE(reply.menu);
}

TEST(Reading, ReplyWithOverloadedFields) {
  Packet packet{5};
  packet.option(52, {3}).text(67, "http://10.0.0.1/boot.ipxe").text(66, "name");
  packet.file = "\x0c\x03pc1\xff";
  const auto bytes = packet.bytes();
  const auto reply = reply_of(wire::Dhcp4Message::parse(bytes).value());
  EXPECT_EQ(reply.file, "http://10.0.0.1/boot.ipxe");
  EXPECT_EQ(reply.server_name, "name");
  EXPECT_FALSE(reply.menu);
}

TEST(Reading, TextIsPrintableAndBounded) {
  EXPECT_EQ(bounded_text(std::string(1000, 'x')).size(), 200U);
  EXPECT_EQ(bounded_text(std::string_view{"a\n\xff\"b"}), "a\"b");
}

TEST(Architecture, Names) {
  EXPECT_EQ(architecture_name(0), "BIOS");
  EXPECT_EQ(architecture_name(7), "UEFI x64");
  EXPECT_EQ(architecture_name(11), "UEFI ARM64");
  EXPECT_EQ(architecture_name(999), "");
}

TEST(Architecture, WhichFileFitsWhom) {
  EXPECT_EQ(fits("pxelinux.0", 0), true);
  EXPECT_EQ(fits("undionly.kpxe", 7), false);
  EXPECT_EQ(fits("ipxe.efi", 0), false);
  EXPECT_EQ(fits("ipxe.efi", 7), std::nullopt);
  EXPECT_EQ(fits("/efi64/syslinux.efi", 7), true);
  EXPECT_EQ(fits("grubaa64.efi", 7), false);
  EXPECT_EQ(fits("grubaa64.efi", 11), true);
  EXPECT_EQ(fits("BOOTX64.EFI", 9), true);
  EXPECT_EQ(fits("bootia32.efi", 7), false);
  EXPECT_EQ(fits("boot.ipxe", 7), std::nullopt);
  EXPECT_EQ(fits("pxelinux.0", 41), std::nullopt);
}

}  // namespace
}  // namespace swapmasq::boots
