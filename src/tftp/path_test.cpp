#include "tftp/path.hpp"

#include <gtest/gtest.h>

namespace swapmasq::tftp {
namespace {

std::string under(std::string_view root, std::string_view name) { return requested_path(root_prefix(root), name); }

TEST(Path, BackslashesAndLowerCase) {
  EXPECT_EQ(normalised(to_bytes("Boot\\x86\\BCD"), false), "Boot/x86/BCD");
  EXPECT_EQ(normalised(to_bytes("Boot\\x86\\BCD"), true), "boot/x86/bcd");
}

TEST(Path, IsBelowTheRootHoweverTheClientWritesIt) {
  for (const auto* name : {"x", "/x", "/srv/tftp/x"}) EXPECT_EQ(under("/srv/tftp", name), "/srv/tftp/x");
  EXPECT_EQ(under("/srv/tftp", "//x"), "/srv/tftp//x");
  EXPECT_EQ(under("/srv/tftp", "/srv/tftpx"), "/srv/tftp/srv/tftpx");
  EXPECT_EQ(under("/srv/tftp/", "x"), "/srv/tftp/x");
  EXPECT_EQ(under("srv/tftp", "x"), "/srv/tftp/x");
  EXPECT_EQ(under("/", "x"), "/x");
  EXPECT_EQ(under("/srv/tftp/192.168.77.2", "/srv/tftp/x"), "/srv/tftp/192.168.77.2/srv/tftp/x");
}

TEST(Path, WithoutARootIsTheName) {
  EXPECT_EQ(requested_path("", "etc/hostname"), "/etc/hostname");
  EXPECT_EQ(requested_path("", "/etc/../x"), "/etc/../x");
}

TEST(Path, IsCutAt503) {
  const auto path = under("/srv/tftp", std::string(600, 'n'));
  EXPECT_EQ(path.size(), 503U);
  EXPECT_EQ(path, "/srv/tftp/" + std::string(493, 'n'));
  EXPECT_EQ(requested_path("", std::string(503, 'n')).size(), 503U);
}

TEST(Path, ClimbsWhenAnyComponentIsDotDot) {
  for (const auto* path : {"/srv/../x", "/srv/..", "/..data/../../etc/passwd", "/srv/tftp/../tftp/x", "..", "../x"}) {
    EXPECT_TRUE(climbs(path)) << path;
  }
  for (const auto* path :
       {"/srv/dos..name", "/srv/...", "/srv/..foo", "/srv/foo..", "/srv/./x", "/", "", "/srv/..foo/x"}) {
    EXPECT_FALSE(climbs(path)) << path;
  }
}

TEST(Path, RootOfTheArrivalInterface) {
  settings::Tftp settings;
  settings.root = "/global";
  settings.interface_roots = {{"/first", "eth0"}, {"/second", "eth0"}, {"/star", "eth*"}};
  EXPECT_EQ(root_for(settings, "eth0"), "/first");
  EXPECT_EQ(root_for(settings, "eth1"), "/global");
  EXPECT_EQ(root_for(settings, ""), "/global");
}

TEST(Path, MacDirectory) {
  EXPECT_EQ(mac_directory(HardwareAddress::from(1, Bytes{0x50, 0xa6, 0x55, 0x96, 0xb3, 0xc4})), "50-a6-55-96-b3-c4");
  EXPECT_EQ(mac_directory(HardwareAddress::from(32, Bytes(16, 1))), "");
}

}  // namespace
}  // namespace swapmasq::tftp
