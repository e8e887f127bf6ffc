// Every cause by its name, and what is no failure.
#include "boots/outcome.hpp"

#include "boots/story_fixture.hpp"

namespace swapmasq::boots {
namespace {

using Result = FileRequest::Result;
using State = Outcome::State;

class OutcomeTest : public StoryTest {
 protected:
  State state_after(std::chrono::seconds silence) {
    now += silence;
    return outcome().state;
  }
  void turn_away(TurnedAway why) {
    hear(pxe(1));
    trace.turned_away(mac(), 0x11223344, why);
  }
  void proxy_offer(std::uint8_t architecture, std::string_view file, bool menu) {
    hear(pxe(1, architecture));
    Packet offer{2};
    if (menu) offer.option(43, {6, 1, 3, 9, 2, 0, 0});
    answer(offer, "0.0.0.0", file);
  }
  void ask_on_pxe_port(std::uint8_t architecture) {
    auto request = pxe(3, architecture);
    request.header.ciaddr = ip("10.77.0.100");
    hear(request, true);
  }
};

TEST_F(OutcomeTest, AMomentAgoItWasStillGoingOn) {
  lease(pxe, 0, "pxelinux.0");
  EXPECT_EQ(outcome().state, State::running);
  begin("/srv/pxelinux.0");
  EXPECT_EQ(state_after(60s), State::running);
  end(Result::sent);
  EXPECT_EQ(outcome().state, State::running);
  EXPECT_EQ(state_after(5s), State::finished);
}

TEST_F(OutcomeTest, TheSystemAsksForAnAddress) {
  lease(pxe, 0, "pxelinux.0");
  fetch("/srv/pxelinux.0");
  refuse("/srv/optional", Result::not_found);
  hear(of_system(1));
  EXPECT_EQ(outcome().state, State::finished);
}

TEST_F(OutcomeTest, ASystemAfterAFailureDoesNotHideIt) {
  lease(pxe, 0, "pxelinux.0");
  refuse("/srv/pxelinux.0", Result::not_found);
  hear(of_system(1));
  EXPECT_EQ(cause(), "file-missing");
  EXPECT_THAT(outcome().explanation, testing::HasSubstr("all the same"));
}

TEST_F(OutcomeTest, WhatIsFetchedElsewhereIsNotSeen) {
  lease(ipxe, 0, "http://10.77.0.1/boot.ipxe");
  EXPECT_EQ(state_after(60s), State::handed_over);
  hear(of_system(1));
  EXPECT_EQ(outcome().state, State::finished);
  client = 2;
  lease(pxe, 0, "pxelinux.0", "10.77.0.9");
  EXPECT_EQ(state_after(60s), State::handed_over);
}

TEST_F(OutcomeTest, Ignored) {
  turn_away(TurnedAway::ignored);
  EXPECT_EQ(cause(), "ignored");
}

TEST_F(OutcomeTest, NoRange) {
  turn_away(TurnedAway::no_range);
  EXPECT_EQ(cause(), "no-range");
}

TEST_F(OutcomeTest, NoAddress) {
  turn_away(TurnedAway::no_address);
  EXPECT_EQ(cause(), "no-address");
}

TEST_F(OutcomeTest, Refused) {
  hear(pxe(3));
  answer(Packet{6}.text(56, "wrong network"), "0.0.0.0", "");
  EXPECT_EQ(cause(), "refused");
  EXPECT_THAT(outcome().explanation, testing::HasSubstr("wrong network"));
}

TEST_F(OutcomeTest, AnotherDhcpServer) {
  hear(pxe(1));
  answer(Packet{2}, "10.77.0.100", "pxelinux.0");
  hear(pxe(3), false, ip("10.77.0.254"));
  EXPECT_EQ(cause(), "other-dhcp-server");
  EXPECT_THAT(outcome().explanation, testing::HasSubstr("10.77.0.254"));
}

TEST_F(OutcomeTest, ToAProxyAnotherServerIsNoMatter) {
  proxy_offer(0, "pxelinux.0", false);
  hear(pxe(3), false, ip("10.77.0.254"));
  EXPECT_EQ(cause(), "no-tftp-request");
}

TEST_F(OutcomeTest, NoAnswerOnPort4011) {
  proxy_offer(7, "", false);
  ask_on_pxe_port(7);
  EXPECT_EQ(cause(), "no-proxy-answer");
}

TEST_F(OutcomeTest, NoRequestOnPort4011) {
  proxy_offer(7, "", false);
  EXPECT_EQ(outcome().state, State::running);
  EXPECT_EQ(cause(), "no-proxy-request");
  client = 2;
  proxy_offer(0, "pxelinux.0", true);
  EXPECT_EQ(cause(), "no-proxy-request");
}

TEST_F(OutcomeTest, NothingAnswers) {
  hear(pxe(1, 11));
  EXPECT_EQ(cause(), "unanswered");
  EXPECT_THAT(outcome().explanation, testing::HasSubstr("UEFI ARM64 (architecture 11)"));
}

TEST_F(OutcomeTest, OfferNotTaken) {
  hear(pxe(1));
  answer(Packet{2}, "10.77.0.100", "pxelinux.0");
  EXPECT_EQ(cause(), "offer-not-taken");
}

TEST_F(OutcomeTest, NoBootFile) {
  hear(pxe(3, 7));
  trace.tagged(mac(), 0x11223344, "efi, eth0");
  answer(Packet{5}, "10.77.0.100", "");
  EXPECT_EQ(cause(), "no-boot-file");
  EXPECT_THAT(outcome().explanation, testing::HasSubstr("its tags are efi, eth0"));
}

TEST_F(OutcomeTest, NoBootFileOnPort4011) {
  proxy_offer(7, "", false);
  ask_on_pxe_port(7);
  answer(Packet{5}, "0.0.0.0", "");
  EXPECT_EQ(cause(), "no-boot-file");
}

Packet http_boot(unsigned type, std::uint8_t architecture) {
  return Packet{type}.text(60, "HTTPClient:Arch:00016").architecture(architecture);
}

TEST_F(OutcomeTest, HttpBootWithoutUrl) {
  lease(http_boot, 16, "ipxe.efi");
  EXPECT_EQ(cause(), "http-boot-without-url");
}

TEST_F(OutcomeTest, NoTftpServer) {
  surroundings.tftp = false;
  lease(pxe, 0, "pxelinux.0");
  EXPECT_EQ(cause(), "no-tftp-server");
}

TEST_F(OutcomeTest, NoTftpRequest) {
  lease(pxe, 0, "pxelinux.0");
  EXPECT_EQ(cause(), "no-tftp-request");
}

TEST_F(OutcomeTest, BootLoop) {
  lease(pxe, 0, "undionly.kpxe");
  fetch("/srv/undionly.kpxe");
  for (int i = 0; i < 3; ++i) {
    lease(ipxe, 0, "undionly.kpxe");
    fetch("/srv/undionly.kpxe");
  }
  EXPECT_EQ(cause(), "boot-loop");
}

TEST_F(OutcomeTest, NoPxelinuxConfiguration) {
  lease(pxe, 0, "pxelinux.0");
  fetch("/srv/pxelinux.0");
  refuse("/srv/pxelinux.cfg/01-52-54-00-00-00-01", Result::not_found);
  refuse("/srv/pxelinux.cfg/default", Result::not_found);
  EXPECT_EQ(cause(), "no-pxelinux-configuration");
}

TEST_F(OutcomeTest, FilesThatAreLookedForOnTheWay) {
  lease(pxe, 0, "pxelinux.0");
  fetch("/srv/pxelinux.0");
  refuse("/srv/pxelinux.cfg/01-52-54-00-00-00-01", Result::not_found);
  EXPECT_EQ(outcome().state, State::running);
  fetch("/srv/pxelinux.cfg/default");
  EXPECT_EQ(state_after(60s), State::finished);
}

TEST_F(OutcomeTest, FileMissing) {
  lease(pxe, 0, "pxelinux.0");
  refuse("/srv/pxelinux.0", Result::not_found);
  EXPECT_EQ(cause(), "file-missing");
}

TEST_F(OutcomeTest, Permission) {
  lease(pxe, 0, "pxelinux.0");
  refuse("/srv/pxelinux.0", Result::denied);
  EXPECT_EQ(cause(), "permission");
}

TEST_F(OutcomeTest, Unreadable) {
  lease(pxe, 0, "pxelinux.0");
  begin("/srv/pxelinux.0");
  end(Result::unreadable);
  EXPECT_EQ(cause(), "unreadable");
}

TEST_F(OutcomeTest, RequestRefused) {
  lease(pxe, 0, "pxelinux.0");
  refuse("", Result::refused);
  EXPECT_EQ(cause(), "request-refused");
}

TEST_F(OutcomeTest, ClientAborted) {
  lease(pxe, 0, "pxelinux.0");
  begin("/srv/pxelinux.0");
  end(Result::client_error, 1, 3, "disk full");
  EXPECT_EQ(cause(), "client-aborted");
  EXPECT_THAT(outcome().explanation, testing::HasSubstr("after 500 of 1000 octets with error 3 \"disk full\""));
}

TEST_F(OutcomeTest, OnlySizeAsked) {
  lease(pxe, 0, "pxelinux.0");
  begin("/srv/pxelinux.0", 1000, true);
  end(Result::client_error, 0, 0, "TFTP Aborted");
  EXPECT_EQ(outcome().state, State::running);
  EXPECT_EQ(cause(), "only-size-asked");
}

TEST_F(OutcomeTest, TheFileAfterItsSizeIsNoFailure) {
  lease(pxe, 0, "pxelinux.0");
  begin("/srv/pxelinux.0", 1000, true);
  end(Result::client_error, 0, 0, "TFTP Aborted");
  fetch("/srv/pxelinux.0");
  EXPECT_EQ(state_after(60s), State::finished);
}

TEST_F(OutcomeTest, TransferNeverBegan) {
  lease(pxe, 0, "pxelinux.0");
  begin("/srv/pxelinux.0");
  end(Result::timed_out, 0);
  EXPECT_EQ(cause(), "transfer-never-began");
}

TEST_F(OutcomeTest, Timeout) {
  lease(pxe, 0, "pxelinux.0");
  begin("/srv/pxelinux.0");
  end(Result::timed_out, 1);
  EXPECT_EQ(cause(), "timeout");
}

TEST_F(OutcomeTest, WrongArchitecture) {
  lease(pxe, 7, "pxelinux.0");
  fetch("/srv/pxelinux.0");
  EXPECT_EQ(cause(), "wrong-architecture");
  EXPECT_THAT(outcome().explanation, testing::HasSubstr("UEFI x64"));
}

TEST_F(OutcomeTest, WrongArchitectureThatTheFirmwareNotices) {
  lease(pxe, 0, "grubx64.efi");
  EXPECT_EQ(cause(), "wrong-architecture");
}

}  // namespace
}  // namespace swapmasq::boots
