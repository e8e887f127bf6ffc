#include "boots/report.hpp"

#include <nlohmann/json.hpp>

#include "boots/story_fixture.hpp"

namespace swapmasq::boots {
namespace {

using Result = FileRequest::Result;

class ReportTest : public StoryTest {
 protected:
  void tell() {
    hear(pxe(1, 0).option(97, Bytes(17, 0)));
    trace.tagged(mac(), 0x11223344, "eth0");
    answer(Packet{2}, "10.77.0.100", "pxelinux.0");
    hear(pxe(3));
    answer(Packet{5}, "10.77.0.100", "pxelinux.0");
    begin("/srv/pxelinux.0", 1000, true);
    end(Result::client_error, 0, 0, "TFTP Aborted");
    fetch("/srv/pxelinux.0");
    refuse("/srv/pxelinux.cfg/default", Result::not_found);
    now += 60s;
  }
};

TEST_F(ReportTest, Timeline) {
  tell();
  EXPECT_EQ(
      timeline(trace.clients(), surroundings, now, 2h),
      "52:54:00:00:00:01\n"
      "  2026-11-20 11:46:40 on eth0 as 10.77.0.100, machine 00000000-0000-0000-0000-000000000000, 0.800 s: failed\n"
      "    PXE, BIOS (architecture 0), vendor class PXEClient:Arch:00000:UNDI:002001\n"
      "       +0.000  DISCOVER: OFFER 10.77.0.100 by 10.77.0.1, boot file pxelinux.0 at 10.77.0.1; tags eth0\n"
      "       +0.200  REQUEST: ACK 10.77.0.100 by 10.77.0.1, boot file pxelinux.0 at 10.77.0.1\n"
      "       +0.400  TFTP /srv/pxelinux.0: size-told, 0 of 1000 octets in 0.100 s, block size 500, window 1, "
      "error 0 \"TFTP Aborted\"\n"
      "       +0.600  TFTP /srv/pxelinux.0: sent, 1000 octets in 0.100 s, block size 500, window 1\n"
      "       +0.800  TFTP /srv/pxelinux.cfg/default: not-found\n"
      "    => likely cause: PXELINUX found no configuration; the last one that it looked for was "
      "/srv/pxelinux.cfg/default\n");
}

TEST_F(ReportTest, NobodyBooted) {
  EXPECT_EQ(timeline(trace.clients(), surroundings, now, 0s), "No client has booted from here yet.\n");
  const auto document = nlohmann::json::parse(json(trace.clients(), surroundings, now));
  EXPECT_EQ(document.at("version"), 1);
  EXPECT_TRUE(document.at("clients").empty());
}

TEST_F(ReportTest, Json) {
  tell();
  const auto document = nlohmann::json::parse(json(trace.clients(), surroundings, now));
  EXPECT_EQ(document.at("time"), "2026-11-20T09:47:40.900Z");
  const auto& client_of = document.at("clients").at(0);
  EXPECT_EQ(client_of.at("hardware"), "52:54:00:00:00:01");
  const auto& boot_of = client_of.at("boots").at(0);
  EXPECT_EQ(boot_of.at("begin"), "2026-11-20T09:46:40.000Z");
  EXPECT_EQ(boot_of.at("state"), "failed");
  EXPECT_EQ(boot_of.at("cause"), "no-pxelinux-configuration");
  const auto& steps = boot_of.at("stages").at(0).at("steps");
  EXPECT_EQ(steps.at(0).at("reply").at("boot_file"), "pxelinux.0");
  EXPECT_EQ(steps.at(0).at("xid"), "11223344");
  EXPECT_EQ(steps.at(3).at("result"), "sent");
  EXPECT_EQ(steps.at(3).at("size"), 1000);
  EXPECT_EQ(steps.at(4).at("path"), "/srv/pxelinux.cfg/default");
}

TEST_F(ReportTest, WhateverClientsSayIsValidJson) {
  hear(pxe(1).text(77, "\"\\\xff\x01{"));
  fetch("/srv/\xc3\x28\"quoted\"");
  const auto document = nlohmann::json::parse(json(trace.clients(), surroundings, now));
  EXPECT_EQ(document.at("clients").at(1).at("boots").at(0).at("stages").at(0).at("user_class"), "\"\\{");
}

}  // namespace
}  // namespace swapmasq::boots
