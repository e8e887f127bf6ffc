#include "io/udp_socket.hpp"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <linux/if_ether.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "io/socket_address.hpp"

namespace swapmasq::io {
namespace {

const IpAddress kLoopback = *IpAddress::parse("127.0.0.1");

UdpSocket open_on_loopback(bool packet_info = false, bool join = false) {
  auto socket = UdpSocket::open({.local = {.address = kLoopback}, .packet_info = packet_info, .join = join});
  EXPECT_TRUE(socket.has_value());
  return std::move(*socket);
}

Endpoint address_of(const UdpSocket& socket) { return local_endpoint(socket.fd()).value_or(Endpoint{}); }

std::vector<Bytes> receive_all(UdpSocket& socket, std::size_t expected) {
  std::vector<Bytes> datagrams;
  pollfd ready{.fd = socket.fd(), .events = POLLIN, .revents = 0};
  while (datagrams.size() < expected && poll(&ready, 1, 2000) == 1) {
    socket.receive([&](const Datagram& d) { datagrams.emplace_back(d.bytes.begin(), d.bytes.end()); });
  }
  return datagrams;
}

TEST(UdpSocket, KnowsWhereADatagramCameFromAndArrived) {
  auto server = open_on_loopback(true);
  auto client = open_on_loopback();
  ASSERT_EQ(client.send(to_bytes("hello"), address_of(server)), 0);
  pollfd ready{.fd = server.fd(), .events = POLLIN, .revents = 0};
  ASSERT_EQ(poll(&ready, 1, 2000), 1);
  std::size_t seen = 0;
  server.receive([&](const Datagram& d) {
    ++seen;
    EXPECT_EQ(to_text(d.bytes), "hello");
    EXPECT_EQ(d.source, address_of(client));
    EXPECT_EQ(d.destination, kLoopback);
    EXPECT_EQ(d.interface_index, 1U);
  });
  EXPECT_EQ(seen, 1U);
}

TEST(UdpSocket, TakesOneDatagramAtATimeWhenAskedTo) {
  auto server = UdpSocket::open({.local = {.address = kLoopback}, .largest = 4, .batch = 1});
  ASSERT_TRUE(server.has_value());
  auto client = open_on_loopback();
  for (const auto* text : {"one", "three"}) ASSERT_EQ(client.send(to_bytes(text), address_of(*server)), 0);
  std::vector<std::string> seen;
  const auto visit = [&](const Datagram& d) {
    seen.push_back(to_text(d.bytes));
    EXPECT_EQ(d.source, address_of(client));
    EXPECT_FALSE(d.destination.has_value());
  };
  EXPECT_EQ(server->receive(visit), 1U);
  EXPECT_EQ(seen, std::vector<std::string>{"one"});
  EXPECT_EQ(server->receive(visit), 1U);
  EXPECT_EQ(seen, (std::vector<std::string>{"one", "thre"}));
  EXPECT_EQ(server->receive(visit), 0U);
}

TEST(UdpSocket, OnceConnectedHasAnotherForStrangers) {
  auto server = UdpSocket::open({.local = {.address = kLoopback}});
  ASSERT_TRUE(server.has_value());
  auto client = open_on_loopback(), stranger = open_on_loopback();
  const auto address = address_of(*server);
  auto others = server->connect(address_of(client));
  ASSERT_TRUE(others.has_value());
  EXPECT_EQ(address_of(*others), address);

  ASSERT_EQ(stranger.send(to_bytes("stranger"), address), 0);
  ASSERT_EQ(client.send(to_bytes("client"), address), 0);
  EXPECT_EQ(receive_all(*server, 1), std::vector<Bytes>{to_bytes("client")});
  EXPECT_EQ(receive_all(*others, 1), std::vector<Bytes>{to_bytes("stranger")});
  EXPECT_EQ(server->send(to_bytes("to the client"), address_of(client)), 0);
  EXPECT_EQ(server->send(to_bytes("to the stranger"), address_of(stranger)), 0);
  EXPECT_EQ(receive_all(client, 1), std::vector<Bytes>{to_bytes("to the client")});
  EXPECT_EQ(receive_all(stranger, 1), std::vector<Bytes>{to_bytes("to the stranger")});

  EXPECT_EQ(UdpSocket::open({.local = address, .reuse_address = true}).error().error, EADDRINUSE);
}

TEST(UdpSocket, AConnectedPeerThatIsGoneIsNoError) {
  auto server = UdpSocket::open({.local = {.address = kLoopback}});
  ASSERT_TRUE(server.has_value());
  std::optional client = open_on_loopback();
  const auto peer = address_of(*client);
  const auto others = server->connect(peer);
  client.reset();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(server->send(to_bytes("anybody there?"), peer), 0);
  EXPECT_EQ(server->receive([](const Datagram&) {}), 0U);
}

TEST(UdpSocket, OneThatCannotBeSentDoesNotHoldUpTheOthers) {
  auto server = open_on_loopback();
  auto client = open_on_loopback();
  const auto to = address_of(server);
  const auto one = to_bytes("one"), two = to_bytes("two");
  const std::vector<Outgoing> batch{{one, to, {}}, {one, Endpoint{kLoopback, 0, 0}, {}}, {two, to, {}}};
  std::vector<int> errors;
  client.send_batch(batch, [&](std::size_t which, int error) {
    EXPECT_EQ(which, 1U);
    errors.push_back(error);
  });
  EXPECT_EQ(errors, std::vector<int>{EINVAL});
  EXPECT_EQ(receive_all(server, 2), (std::vector<Bytes>{one, two}));
}

TEST(UdpSocket, ABatchArrivesAsItWasGiven) {
  auto server = open_on_loopback();
  auto other_server = open_on_loopback();
  auto client = open_on_loopback(false, true);
  // Runs of one length with and without a shorter end, a change of receiver in a run, what is too long for a segment.
  const std::vector<std::size_t> sizes{40, 40, 40, 7, 50, 50, 50, 50, 2000, 2000, 0, 0, 30, 20, 10, 20, 20, 0};
  std::vector<Bytes> texts, expected, expected_by_other;
  for (std::size_t i = 0; i < sizes.size(); ++i) texts.emplace_back(sizes[i], static_cast<std::uint8_t>(i));
  std::vector<Outgoing> batch;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const bool other = i == 5;
    batch.push_back({texts[i], address_of(other ? other_server : server), {.source = kLoopback}});
    (other ? expected_by_other : expected).push_back(texts[i]);
  }
  client.send_batch(batch, [](std::size_t which, int error) { ADD_FAILURE() << which << ": " << error; });
  EXPECT_EQ(receive_all(server, expected.size()), expected);
  EXPECT_EQ(receive_all(other_server, 1), expected_by_other);
}

// DHCP clients read whole frames.
TEST(UdpSocket, WhoListensBelowUdpSeesABatchUncutOnlyIfItWasJoined) {
  const Descriptor listener{::socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK, htons(ETH_P_IP))};
  if (!listener) GTEST_SKIP() << "needs CAP_NET_RAW";
  auto server = open_on_loopback();
  const auto port = address_of(server).port;
  const auto lengths_seen = [&] {
    std::vector<ssize_t> lengths;
    std::array<std::uint8_t, 4096> frame{};
    constexpr std::size_t ip_header = 20, udp_header = 8;
    while (true) {
      const auto size = ::recv(listener.get(), frame.data(), frame.size(), 0);
      if (size < 0) break;
      // Each frame passes the loopback interface once in each direction.
      const bool ours = frame[ip_header + 2] == port >> 8 && frame[ip_header + 3] == (port & 0xff);
      if (ours) lengths.push_back(size - static_cast<ssize_t>(ip_header + udp_header));
    }
    std::ranges::sort(lengths);
    const auto repeated = std::ranges::unique(lengths);
    lengths.erase(repeated.begin(), repeated.end());
    return lengths;
  };
  const Bytes text(300, 7);
  const std::vector<Outgoing> batch(3, Outgoing{text, address_of(server), {}});
  for (const bool join : {false, true}) {
    auto client = open_on_loopback(false, join);
    client.send_batch(batch, [](std::size_t which, int error) { ADD_FAILURE() << which << ": " << error; });
    EXPECT_EQ(receive_all(server, 3).size(), 3U);
    EXPECT_EQ(lengths_seen(), std::vector<ssize_t>{join ? 900 : 300});
  }
}

TEST(UdpSocket, SegmentsArriveAsTheirOwnDatagrams) {
  auto server = open_on_loopback();
  auto client = open_on_loopback();
  Bytes bytes;
  for (std::size_t i = 0; i < 2100; ++i) bytes.push_back(static_cast<std::uint8_t>(i / 500));
  ASSERT_EQ(client.send_segments(bytes, 500, address_of(server)), 0);
  const auto datagrams = receive_all(server, 5);
  ASSERT_EQ(datagrams.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(datagrams[i], Bytes(i == 4 ? 100 : 500, static_cast<std::uint8_t>(i)));
  }
}

TEST(UdpSocket, AnEmptyDatagramIsSentToo) {
  auto server = open_on_loopback();
  auto client = open_on_loopback();
  ASSERT_EQ(client.send_segments({}, 512, address_of(server)), 0);
  EXPECT_EQ(receive_all(server, 1), std::vector<Bytes>{Bytes{}});
}

TEST(UdpSocket, ABatchMayEndInTheDestructionOfItsSocket) {
  auto server = std::make_unique<UdpSocket>(open_on_loopback());
  auto client = open_on_loopback();
  const auto to = address_of(*server);
  ASSERT_EQ(client.send(to_bytes("one"), to), 0);
  ASSERT_EQ(client.send(to_bytes("two"), to), 0);
  std::vector<std::string> texts;
  server->receive([&](const Datagram& d) {
    server.reset();
    texts.push_back(to_text(d.bytes));
  });
  EXPECT_EQ(texts, (std::vector<std::string>{"one", "two"}));
}

TEST(UdpSocket, SaysWhichStepFailed) {
  const auto occupied = open_on_loopback();
  const auto second = UdpSocket::open({.local = address_of(occupied)});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().step, UdpError::Step::bind);
  EXPECT_EQ(second.error().error, EADDRINUSE);
}

}  // namespace
}  // namespace swapmasq::io
