// Which events make up a boot, whose boot it is, and what is forgotten.
#include "boots/trace.hpp"

#include <array>

#include "boots/story_fixture.hpp"

namespace swapmasq::boots {
namespace {

using Kind = Firmware::Kind;
using Result = FileRequest::Result;

class TraceTest : public StoryTest {
 protected:
  using StoryTest::StoryTest;

  std::vector<Kind> stages() const {
    std::vector<Kind> kinds;
    for (const auto& stage : boot().stages) kinds.push_back(stage.firmware.kind);
    return kinds;
  }
  std::size_t boots() const { return latest().boots.size(); }
  const Exchange& exchange(std::size_t stage, std::size_t step) const {
    return std::get<Exchange>(boot().stages.at(stage).steps.at(step));
  }
  const FileRequest& file(std::size_t stage, std::size_t step) const {
    return *std::get<std::shared_ptr<FileRequest>>(boot().stages.at(stage).steps.at(step));
  }
};

TEST_F(TraceTest, WhoeverDoesNotBootLeavesNoTrace) {
  hear(of_system(1));
  hear(Packet{3});
  EXPECT_TRUE(trace.clients().empty());
  EXPECT_FALSE(trace.knows(mac()));
}

TEST_F(TraceTest, FirmwareThenIpxeThenTheSystemAreOneBoot) {
  lease(pxe, 0, "undionly.kpxe");
  fetch("/srv/undionly.kpxe");
  lease(ipxe, 0, "boot.ipxe");
  fetch("/srv/boot.ipxe");
  hear(of_system(1));
  answer(Packet{2}, "10.77.0.100", "");
  EXPECT_EQ(boots(), 1U);
  EXPECT_EQ(stages(), (std::vector{Kind::pxe, Kind::ipxe, Kind::system}));
  EXPECT_EQ(exchange(0, 0).reply->file, "undionly.kpxe");
  EXPECT_EQ(exchange(0, 1).type, wire::Dhcp4Type::request);
  EXPECT_EQ(file(0, 2).path, "/srv/undionly.kpxe");
  EXPECT_EQ(file(0, 2).end - file(0, 2).at, 100ms);
  EXPECT_EQ(boot().interface, "eth0");
  EXPECT_EQ(boot().address, IpAddress{ip("10.77.0.100")});
}

TEST_F(TraceTest, TheFirmwareComesAgain) {
  lease(pxe, 0, "pxelinux.0");
  fetch("/srv/pxelinux.0");
  hear(pxe(1).xid(2));
  EXPECT_EQ(boots(), 2U);
  EXPECT_EQ(stages(), std::vector{Kind::pxe});
}

TEST_F(TraceTest, AFirmwareThatRepeatsItselfBootsOnce) {
  for (int i = 0; i < 4; ++i) hear(pxe(1));
  EXPECT_EQ(boots(), 1U);
  EXPECT_EQ(boot().steps, 1U);
  EXPECT_EQ(exchange(0, 0).repetitions, 3U);
  hear(pxe(1).xid(5));
  EXPECT_EQ(boots(), 1U);
  EXPECT_EQ(boot().steps, 2U);
}

TEST_F(TraceTest, IpxeMayAskTwiceInOneBoot) {
  lease(ipxe, 0, "a.ipxe");
  fetch("/srv/a.ipxe");
  lease(ipxe, 0, "b.ipxe");
  EXPECT_EQ(boots(), 1U);
  EXPECT_EQ(stages(), (std::vector{Kind::ipxe, Kind::ipxe}));
  now += 61s;
  hear(ipxe(1));
  EXPECT_EQ(boots(), 2U);
}

TEST_F(TraceTest, ARunningSystemIsNoPartOfTheBoot) {
  lease(pxe, 0, "pxelinux.0");
  fetch("/srv/pxelinux.0");
  hear(of_system(1));
  hear(of_system(3).xid(3));
  answer(Packet{5}.xid(3), "10.77.0.100", "");
  const auto steps = boot().steps;
  hear(of_system(3).xid(4));
  hear(of_system(1).xid(5));
  now += 3h;
  hear(of_system(1).xid(6));
  EXPECT_EQ(boot().steps, steps);
  EXPECT_EQ(boots(), 1U);
}

TEST_F(TraceTest, ASystemLongAfterwardsIsNot) {
  lease(pxe, 0, "pxelinux.0");
  now += 11min;
  hear(of_system(1));
  EXPECT_EQ(stages(), std::vector{Kind::pxe});
}

TEST_F(TraceTest, TagsAndReasonsBelongToTheirMessage) {
  hear(pxe(1).xid(1));
  hear(pxe(1).xid(2));
  trace.tagged(mac(), 1, "eth0");
  trace.turned_away(mac(), 2, TurnedAway::no_address);
  answer(Packet{2}.xid(1), "10.77.0.100", "");
  EXPECT_EQ(exchange(0, 0).tags, "eth0");
  EXPECT_TRUE(exchange(0, 0).reply);
  EXPECT_FALSE(exchange(0, 1).reply);
  EXPECT_EQ(exchange(0, 1).turned_away, TurnedAway::no_address);
}

TEST_F(TraceTest, EventsOfUnknownClientsAreNobodys) {
  trace.tagged(mac(), 1, "eth0");
  trace.turned_away(mac(), 1, TurnedAway::ignored);
  answer(Packet{5}, "10.77.0.100", "f");
  trace.ended({77, Result::sent, 1, 0, 0, ""}, now);
  EXPECT_TRUE(trace.clients().empty());
}

TEST_F(TraceTest, FilesFindTheirClientByTheAddressThatItWasGiven) {
  lease(pxe, 0, "pxelinux.0");
  begin("/srv/pxelinux.0", 1000);
  EXPECT_EQ(book.questions, 0);
  EXPECT_EQ(file(0, 2).result, Result::running);
  end(Result::client_error, 1, 8, "go\naway");
  EXPECT_EQ(file(0, 2).result, Result::client_error);
  EXPECT_EQ(file(0, 2).octets, 500U);
  EXPECT_EQ(file(0, 2).error, 8U);
  EXPECT_EQ(file(0, 2).text, "goaway");
}

TEST_F(TraceTest, ProxyClientsAreFoundByTheAddressThatTheyUseOnPort4011) {
  hear(pxe(1, 7));
  auto request = pxe(3, 7);
  request.header.ciaddr = ip("10.77.0.100");
  hear(request, true);
  fetch("/srv/ipxe.efi");
  EXPECT_EQ(trace.clients().size(), 1U);
  EXPECT_TRUE(exchange(0, 1).pxe_port);
  EXPECT_EQ(boot().steps, 3U);
}

TEST_F(TraceTest, OrByLeaseAndNeighbourTable) {
  hear(pxe(1));
  book.entries[ip("10.77.0.100")] = mac();
  fetch("/srv/pxelinux.0");
  EXPECT_EQ(trace.clients().size(), 1U);
  EXPECT_EQ(boot().steps, 2U);
}

TEST_F(TraceTest, AnAddressIsNotTrustedForEver) {
  lease(pxe, 0, "pxelinux.0");
  now += 11min;
  book.entries[ip("10.77.0.100")] = mac(9);
  fetch("/srv/pxelinux.0");
  EXPECT_EQ(latest().key, ClientKey{mac(9)});
}

TEST_F(TraceTest, WhoeverIsNotKnownHasHisAddress) {
  fetch("/srv/firmware.bin");
  EXPECT_EQ(latest().key, (ClientKey{IpAddress{ip("10.77.0.100")}}));
  EXPECT_EQ(stages(), std::vector{Kind::unknown});
  fetch("/srv/second.bin");
  EXPECT_EQ(boots(), 1U);
  now += 3min;
  fetch("/srv/firmware.bin");
  EXPECT_EQ(boots(), 2U);
}

TEST_F(TraceTest, WhoStopsAfterTheSizeOnlyWantedToKnowIt) {
  begin("/srv/f", 1000, true);
  end(Result::client_error, 0, 0, "TFTP Aborted");
  EXPECT_EQ(file(0, 0).result, Result::size_told);
  begin("/srv/f", 1000, true);
  end(Result::client_error, 1, 0, "TFTP Aborted");
  EXPECT_EQ(file(0, 1).result, Result::client_error);
}

class BoundedTraceTest : public TraceTest {
 protected:
  BoundedTraceTest() : TraceTest({.clients = 3, .steps = 20, .boots = 2, .stages = 3, .boot_steps = 8}) {}
};

TEST_F(BoundedTraceTest, TheClientThatWasSilentLongestGoesFirst) {
  for (const auto who : std::array<std::uint8_t, 5>{1, 2, 3, 1, 4}) {
    client = who;
    hear(pxe(1));
  }
  std::vector<ClientKey> keys;
  for (const auto& each : trace.clients()) keys.push_back(each.key);
  EXPECT_EQ(keys, (std::vector<ClientKey>{mac(4), mac(1), mac(3)}));
}

TEST_F(BoundedTraceTest, TheOldestStepsOfABootAreCounted) {
  hear(pxe(1));
  answer(Packet{2}, "10.77.0.100", "");
  for (int i = 0; i < 20; ++i) fetch("/srv/" + std::to_string(i));
  EXPECT_EQ(boot().steps, 8U);
  EXPECT_EQ(boot().forgotten, 13U);
  EXPECT_EQ(file(0, 7).path, "/srv/19");
}

TEST_F(BoundedTraceTest, TheEndOfAForgottenFileIsNobodys) {
  const auto first = begin("/srv/first");
  for (int i = 0; i < 20; ++i) refuse("/srv/x", Result::not_found);
  trace.ended({first, Result::sent, 2, 0, 0, ""}, now);
  EXPECT_EQ(boot().steps, 8U);
}

TEST_F(BoundedTraceTest, TheOldestBootAndTheOldestStageGoFirst) {
  for (int i = 0; i < 5; ++i) {
    lease(pxe, 0, "f");
    fetch("/srv/" + std::to_string(i));
  }
  EXPECT_EQ(boots(), 2U);
  for (int i = 0; i < 5; ++i) {
    hear(ipxe(1).xid(static_cast<std::uint32_t>(i)));
    refuse("/srv/x", Result::not_found);
  }
  EXPECT_EQ(stages(), (std::vector{Kind::ipxe, Kind::ipxe, Kind::ipxe}));
}

TEST_F(BoundedTraceTest, StepsOfAllClientsAreBoundedTogether) {
  for (const auto who : std::array<std::uint8_t, 3>{1, 2, 3}) {
    client = who;
    for (std::uint32_t i = 0; i < 8; ++i) hear(pxe(1).xid(i));
  }
  EXPECT_EQ(trace.clients().size(), 2U);
}

}  // namespace
}  // namespace swapmasq::boots
