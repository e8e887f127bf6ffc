// The course of a transfer: spec tftp.md sections 7 to 10 and 13. Packets, lines and times are those of dnsmasq 2.93.
#include <algorithm>
#include <numeric>

#include "tftp/server_fixture.hpp"

namespace swapmasq::tftp {
namespace {

using namespace std::string_literals;

class TransferTest : public ServerFixture {
 protected:
  void add(const std::string& name, std::size_t size) {
    Bytes octets(size);
    for (std::size_t i = 0; i < size; ++i) octets[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
    files.add("/srv/tftp/" + name, std::move(octets));
  }

  // The seconds between sends while the client is silent, until the transfer is gone.
  std::vector<int> gaps_until_the_end() {
    sockets.take();
    std::vector<int> gaps;
    for (int waited = 1; server().transfers() > 0 && waited < 1000; ++waited) {
      advance(1);
      if (!sockets.take().empty()) gaps.push_back(std::exchange(waited, 0));
    }
    return gaps;
  }
};

TEST_F(TransferTest, OneBlockAtATimeUntilAShortOne) {
  add("f", 1200);
  request(rrq("f\0octet"));
  packet(ack(1));
  packet(ack(2));
  EXPECT_EQ(sent_blocks(), (Texts{"DATA 1 (512)", "DATA 2 (512)", "DATA 3 (176)"}));
  EXPECT_TRUE(lines().empty());
  packet(ack(3));
  EXPECT_TRUE(sent_blocks().empty());
  ASSERT_EQ(log.lines.size(), 1U);
  EXPECT_EQ(log.lines[0], (log::Line{log::Priority::info, log::Subsystem::tftp, "sent /srv/tftp/f to 192.168.77.2"}));
  EXPECT_TRUE(sockets.open_sockets.empty());
  EXPECT_EQ(files.open_now(), 0U);
  ASSERT_EQ(audience.files.size(), 1U);
  EXPECT_EQ(audience.files[0].size, 1200U);
  EXPECT_EQ(audience.files[0].client, client.address);
  EXPECT_EQ(audience.files[0].path, "/srv/tftp/f");
}

TEST_F(TransferTest, AWholeNumberOfBlocksEndsWithAnEmptyOne) {
  add("f", 512);
  request(rrq("f\0octet"));
  packet(ack(1));
  EXPECT_EQ(sent_blocks(), (Texts{"DATA 1 (512)", "DATA 2 (0)"}));
  packet(ack(2));
  EXPECT_EQ(lines(), Texts{"sent /srv/tftp/f to 192.168.77.2"});
}

TEST_F(TransferTest, AnEmptyFileIsOneEmptyBlock) {
  add("f", 0);
  request(rrq("f\0octet"));
  EXPECT_EQ(sent_blocks(), Texts{"DATA 1 (0)"});
  packet(ack(1));
  EXPECT_EQ(lines(), Texts{"sent /srv/tftp/f to 192.168.77.2"});
}

TEST_F(TransferTest, TheOackIsAcknowledgedAsBlockZero) {
  add("f", 1500);
  request(
      rrq("f\0octet\0windowsize\0"
          "2"));
  sockets.take();
  packet(ack(1));
  EXPECT_TRUE(sent_blocks().empty());
  packet(ack(0));
  EXPECT_EQ(sent_blocks(), (Texts{"DATA 1 (512)", "DATA 2 (512)"}));
}

TEST_F(TransferTest, OldAndFutureAcksAreIgnored) {
  add("f", 5000);
  request(rrq("f\0octet"));
  packet(ack(1));
  sockets.take();
  for (const unsigned block : {1U, 0U, 7U, 65535U, 1U}) packet(ack(block));
  EXPECT_TRUE(sent_blocks().empty());
  packet(ack(3));
  EXPECT_TRUE(sent_blocks().empty()) << "the block after the last one sent does not count";
  packet(ack(2));
  EXPECT_EQ(sent_blocks(), Texts{"DATA 3 (512)"});
}

TEST_F(TransferTest, APartialWindowIsContinuedBehindItsAck) {
  add("f", 50000);
  request(
      rrq("f\0octet\0windowsize\0"
          "4"));
  sockets.take();
  packet(ack(0));
  EXPECT_EQ(sent_blocks(), (Texts{"DATA 1 (512)", "DATA 2 (512)", "DATA 3 (512)", "DATA 4 (512)"}));
  packet(ack(2));
  EXPECT_EQ(sent_blocks(), (Texts{"DATA 3 (512)", "DATA 4 (512)", "DATA 5 (512)", "DATA 6 (512)"}));
  packet(ack(5));
  EXPECT_EQ(sent_blocks(), (Texts{"DATA 6 (512)", "DATA 7 (512)", "DATA 8 (512)", "DATA 9 (512)"}));
}

TEST_F(TransferTest, BlockNumbersWrapToZero) {
  constexpr unsigned blocks = 70000;
  add("f", std::size_t{8} * blocks);
  request(
      rrq("f\0octet\0blksize\0"
          "8\0windowsize\0"
          "32"));
  packet(ack(0));
  Bytes received;
  unsigned expected = 0;
  while (server().transfers() > 0) {
    const auto datagrams = sockets.take();
    ASSERT_FALSE(datagrams.empty());
    for (const auto& datagram : datagrams) {
      if (datagram.octets[1] != 3) continue;
      ++expected;
      ASSERT_EQ(datagram.octets[2] * 256U + datagram.octets[3], expected % 65536);
      received.insert(received.end(), datagram.octets.begin() + 4, datagram.octets.end());
    }
    packet(ack(expected % 65536));
  }
  EXPECT_EQ(expected, blocks + 1);
  EXPECT_EQ(received, files.at("/srv/tftp/f").octets);
  EXPECT_EQ(lines(), Texts{"sent /srv/tftp/f to 192.168.77.2"});
}

TEST_F(TransferTest, TheClientsErrorEndsIt) {
  add("f", 5000);
  const auto said = [this](const Bytes& code_and_text) {
    request(rrq("f\0octet"));
    sockets.take();
    error(code_and_text);
    EXPECT_TRUE(sockets.take().empty());
    EXPECT_TRUE(sockets.open_sockets.empty());
    return lines();
  };
  const auto failed = "failed sending /srv/tftp/f to 192.168.77.2"s;
  EXPECT_EQ(said({0, 8, 'g', 'o', ' ', 'a', 0}), (Texts{"error 8 go a received from 192.168.77.2", failed}));
  EXPECT_EQ(said({0, 3, 'a', 1, 0xe9, 'b', '%', 's', 0x7f, 0, 'x'}),
            (Texts{"error 3 ab%s received from 192.168.77.2", failed}));
  EXPECT_EQ(said({0, 2}), (Texts{"error 2  received from 192.168.77.2", failed}));
  EXPECT_EQ(said({0, 2, 'o', 'p', 'e', 'n'}), (Texts{"error 2  received from 192.168.77.2", failed}));
  EXPECT_TRUE(audience.files.empty());
}

TEST_F(TransferTest, OtherPacketsFromTheClientAreIgnored) {
  add("f", 5000);
  request(rrq("f\0octet"));
  sockets.take();
  for (const auto& octets : {Bytes{}, Bytes{0}, Bytes{0, 4, 0}, Bytes{0, 5, 0}, Bytes{0, 3, 0, 1}, rrq("f\0octet")}) {
    packet(octets);
  }
  EXPECT_TRUE(sockets.take().empty());
  EXPECT_TRUE(lines().empty());
  EXPECT_EQ(server().transfers(), 1U);
}

TEST_F(TransferTest, StrangersAreToldAndTheTransferGoesOn) {
  add("f", 5000);
  request(rrq("f\0octet"));
  sockets.take();
  auto other_port = client;
  ++other_port.port;
  for (const auto& stranger : {other_client, other_port}) {
    packet({}, stranger);
    EXPECT_TRUE(sockets.take().empty());
    packet({'1'}, stranger);
    const auto text = "ignoring packet from " + stranger.address.to_string() + " (TID mismatch)";
    ASSERT_EQ(sockets.sent.size(), 1U);
    EXPECT_EQ(sockets.sent[0].route.peer, stranger);
    EXPECT_EQ(sockets.sent[0].id, sockets.open_sockets.begin()->first);
    EXPECT_EQ(sent(), Texts{"\0\5\0\5"s + text + "\0"s});
    EXPECT_EQ(lines(), Texts{text});
  }
  packet(ack(1));
  EXPECT_EQ(sent_blocks(), Texts{"DATA 2 (512)"});
}

TEST_F(TransferTest, PacketsOfAClosedTransferAreIgnored) {
  add("f", 1);
  request(rrq("f\0octet"));
  const auto id = sockets.open_sockets.begin()->first;
  packet(ack(1));
  sockets.take();
  lines();
  server().receive(id, ack(1), client, now);
  EXPECT_TRUE(sockets.take().empty());
  EXPECT_TRUE(lines().empty());
}

// After 114 seconds the next try would be later than the end at 121.
TEST_F(TransferTest, SilenceFromTheBeginning) {
  add("f", 5000);
  request(rrq("f\0octet"));
  EXPECT_EQ(gaps_until_the_end(), (std::vector{2, 3, 4, 4, 6, 6, 10, 10, 18, 18, 34}));
  EXPECT_EQ(seconds_of(now), 1'700'000'000 + 121);
  EXPECT_EQ(lines(), Texts{"timeout sending /srv/tftp/f to 192.168.77.2"});
  EXPECT_TRUE(audience.files.empty());
  EXPECT_TRUE(sockets.open_sockets.empty());
  EXPECT_EQ(server().next_event(), std::nullopt);
}

TEST_F(TransferTest, SilenceAfterAnAck) {
  add("f", 5000);
  request(rrq("f\0octet"));
  advance(1);
  packet(ack(1));
  EXPECT_EQ(gaps_until_the_end(), (std::vector{3, 3, 4, 4, 6, 6, 10, 10, 18, 18, 34}));
  EXPECT_EQ(seconds_of(now), 1'700'000'001 + 121);
}

TEST_F(TransferTest, SilenceWithANegotiatedTimeout) {
  add("f", 5000);
  request(
      rrq("f\0octet\0timeout\0"
          "1"));
  EXPECT_EQ(gaps_until_the_end(), (std::vector{1, 2, 3, 3, 5, 5, 9, 9, 17, 17, 33}));
  EXPECT_EQ(lines(), Texts{"timeout sending /srv/tftp/f to 192.168.77.2"});
}

TEST_F(TransferTest, TimeoutZeroTriesAtOnceAndThenBacksOff) {
  add("f", 5000);
  request(
      rrq("f\0octet\0timeout\0"
          "0"));
  sockets.take();
  server().tick(now);
  EXPECT_EQ(sent(), Texts{"\0\6timeout\0"
                          "0\0"s});
  EXPECT_EQ(gaps_until_the_end(), (std::vector{1, 2, 2, 4, 4, 8, 8, 16, 16, 32}));
}

TEST_F(TransferTest, TheWholeOpenWindowIsRepeated) {
  add("f", 5000);
  request(
      rrq("f\0octet\0windowsize\0"
          "3"));
  packet(ack(0));
  packet(ack(2));
  sockets.take();
  advance(3);
  EXPECT_EQ(sent_blocks(), (Texts{"DATA 3 (512)", "DATA 4 (512)", "DATA 5 (512)"}));
  packet(ack(4));
  EXPECT_EQ(sent_blocks(), (Texts{"DATA 5 (512)", "DATA 6 (512)", "DATA 7 (512)"}));
}

TEST_F(TransferTest, TimesAreWholeSecondsOfTheClock) {
  add("f", 5000);
  now += std::chrono::milliseconds{810};
  request(rrq("f\0octet"));
  EXPECT_EQ(server().next_event(), at_seconds(1'700'000'002));
  sockets.take();
  server().tick(at_seconds(1'700'000'002) - std::chrono::milliseconds{1});
  EXPECT_TRUE(sockets.take().empty());
  server().tick(at_seconds(1'700'000'002));
  EXPECT_EQ(sent_blocks(), Texts{"DATA 1 (512)"});
  EXPECT_EQ(server().next_event(), at_seconds(1'700'000'005));
}

TEST_F(TransferTest, AMissingLastAckIsForgiven) {
  add("f", 600);
  request(rrq("f\0octet"));
  packet(ack(1));
  gaps_until_the_end();
  EXPECT_EQ(lines(), Texts{"sent /srv/tftp/f to 192.168.77.2"});
  EXPECT_EQ(audience.files.size(), 1U);
}

TEST_F(TransferTest, AMissingOackAckIsNot) {
  add("f", 1);
  request(
      rrq("f\0octet\0tsize\0"
          "0"));
  gaps_until_the_end();
  EXPECT_EQ(lines(), Texts{"timeout sending /srv/tftp/f to 192.168.77.2"});
}

TEST_F(TransferTest, TheSizeIsThatOfTheBeginning) {
  add("f", 600);
  request(
      rrq("f\0octet\0tsize\0"
          "0"));
  files.at("/srv/tftp/f").octets.resize(5000);
  packet(ack(0));
  packet(ack(1));
  EXPECT_EQ(sent_blocks(), (Texts{"OACK 29811 (8)", "DATA 1 (512)", "DATA 2 (88)"}));
}

TEST_F(TransferTest, AFileThatShrinksFails) {
  add("f", 5000);
  request(
      rrq("f\0octet\0blksize\0"
          "500\0windowsize\0"
          "4"));
  files.at("/srv/tftp/f").octets.resize(1100);
  sockets.take();
  packet(ack(0));
  const auto datagrams = sent();
  ASSERT_EQ(datagrams.size(), 3U) << "the blocks that are still there, then the error";
  EXPECT_EQ(datagrams[1].substr(0, 4), "\0\3\0\2"s);
  EXPECT_EQ(datagrams[2], "\0\5\0\0cannot read /srv/tftp/f: Success\0"s);
  EXPECT_EQ(lines(), (Texts{"cannot read /srv/tftp/f: Success", "failed sending /srv/tftp/f to 192.168.77.2"}));
  EXPECT_EQ(server().transfers(), 0U);
  EXPECT_EQ(files.open_now(), 0U);
}

TEST_F(TransferTest, ARemovedFileIsSentToItsEnd) {
  add("f", 100000);
  request(rrq("f\0octet"));
  files.remove("/srv/tftp/f");
  for (unsigned block = 1; server().transfers() > 0; ++block) packet(ack(block));
  EXPECT_EQ(lines(), Texts{"sent /srv/tftp/f to 192.168.77.2"});
  EXPECT_EQ(sockets.take().size(), 196U);
}

TEST_F(TransferTest, TheSameFileByTheSamePathIsOpenOnce) {
  add("f", 600);
  files.link("/srv/tftp/link", "/srv/tftp/f");
  request(rrq("f\0octet"));
  files.at("/srv/tftp/f").octets.resize(5000);
  request(rrq("f\0octet\0tsize\0"
              "0"),
          other_client);
  EXPECT_EQ(files.open_now(), 1U);
  EXPECT_EQ(sent().at(1),
            "\0\6tsize\0"
            "600\0"s)
      << "with the size of the first opening";
  request(
      rrq("link\0octet\0tsize\0"
          "0"));
  EXPECT_EQ(files.open_now(), 2U);
  EXPECT_EQ(sent().at(0),
            "\0\6tsize\0"
            "5000\0"s);
  for (int i = 0; i < 200; ++i) advance(1);
  EXPECT_EQ(files.open_now(), 0U);
  request(
      rrq("f\0octet\0tsize\0"
          "0"));
  EXPECT_EQ(sent().back(),
            "\0\6tsize\0"
            "5000\0"s);
}

TEST_F(TransferTest, EachTransferSendsItsOwnFile) {
  files.add("/srv/tftp/a", std::string(100, 'a'));
  files.add("/srv/tftp/b", "");
  request(rrq("a\0octet"));
  packet(ack(1));
  sockets.take();
  request(rrq("b\0octet"), other_client);
  EXPECT_EQ(sent(), Texts{"\0\3\0\1"s});
}

TEST_F(TransferTest, ManyEndTogetherNewestFirst) {
  for (const auto* name : {"a", "b", "c"}) files.add("/srv/tftp/"s + name, "x");
  request(rrq("a\0octet"));
  request(rrq("b\0octet"));
  request(rrq("c\0octet"));
  now += std::chrono::seconds{121};
  server().tick(now);
  EXPECT_EQ(lines(), (Texts{"sent /srv/tftp/c to 192.168.77.2", "sent /srv/tftp/b to 192.168.77.2",
                            "sent /srv/tftp/a to 192.168.77.2"}));
}

TEST_F(TransferTest, NetasciiSplitsBlocksAfterExpansion) {
  files.add("/srv/tftp/text", "line1\nline2\r\n\nend\n");
  request(
      rrq("text\0netascii\0blksize\0"
          "8\0tsize\0"
          "0\0windowsize\0"
          "4\0timeout\0"
          "3"));
  EXPECT_EQ(sent(), Texts{"\0\6blksize\0"
                          "8\0timeout\0"
                          "3\0"s});
  packet(ack(0));
  EXPECT_EQ(sent(), Texts{"\0\3\0\1line1\r\nl"s});
  packet(ack(1));
  EXPECT_EQ(sent(), Texts{"\0\3\0\2ine2\r\r\n\r"s});
  advance(4);
  EXPECT_EQ(sent(), Texts{"\0\3\0\2ine2\r\r\n\r"s});
  packet(ack(2));
  EXPECT_EQ(sent(), Texts{"\0\3\0\3\nend\r\n"s});
  packet(ack(3));
  EXPECT_EQ(lines(), Texts{"sent /srv/tftp/text to 192.168.77.2"});
}

TEST_F(TransferTest, NetasciiEndsWithAnEmptyBlockIfItMust) {
  files.add("/srv/tftp/text", std::string(511, 'x') + "\n");
  request(rrq("text\0netascii"));
  packet(ack(1));
  EXPECT_EQ(sent_blocks(), (Texts{"DATA 1 (512)", "DATA 2 (1)"}));
  packet(ack(2));
  files.add("/srv/tftp/text", std::string(510, 'x') + "\n");
  request(rrq("text\0netascii"));
  packet(ack(1));
  EXPECT_EQ(sent_blocks(), (Texts{"DATA 1 (512)", "DATA 2 (0)"}));
  packet(ack(2));
  EXPECT_EQ(lines().size(), 2U);
}

}  // namespace
}  // namespace swapmasq::tftp
