#include "io/datagram_sender.hpp"

#include <array>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <vector>

#include "io/descriptor.hpp"
#include "io/socket_address.hpp"

namespace swapmasq::io {
namespace {

Descriptor bound_socket() {
  Descriptor fd{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
  const SocketAddress any_port{{*IpAddress::parse("127.0.0.1"), 0, 0}};
  EXPECT_EQ(::bind(fd.get(), any_port.get(), any_port.length), 0);
  return fd;
}

void connect_to(const Descriptor& fd, const Descriptor& peer) {
  sockaddr_storage name{};
  socklen_t length = sizeof name;
  void* generic = &name;
  ASSERT_EQ(::getsockname(peer.get(), static_cast<sockaddr*>(generic), &length), 0);
  ASSERT_EQ(::connect(fd.get(), static_cast<const sockaddr*>(generic), length), 0);
}

std::size_t waiting_at(const Descriptor& fd) {
  std::array<char, 100> buffer{};
  std::size_t count = 0;
  while (::recv(fd.get(), buffer.data(), buffer.size(), MSG_DONTWAIT) >= 0) ++count;
  return count;
}

class DatagramSenderTest : public testing::Test {
 protected:
  std::size_t send(std::size_t count, std::size_t size) {
    const Bytes text(size, 'x');
    const std::vector<Outgoing> batch(count, Outgoing{text, std::nullopt, {}});
    std::size_t failures = 0;
    sender_.send(client_.get(), batch, [&](std::size_t, int) { ++failures; });
    return failures;
  }

  Descriptor client_ = bound_socket();
  Descriptor server_ = bound_socket();
  DatagramSender sender_;
};

TEST_F(DatagramSenderTest, AConnectedSocketNeedsNoReceiver) {
  connect_to(client_, server_);
  EXPECT_EQ(send(120, 30), 0U);
  EXPECT_EQ(waiting_at(server_), 120U);
  EXPECT_EQ(send(1, 30), 0U);
  EXPECT_EQ(waiting_at(server_), 1U);
}

TEST_F(DatagramSenderTest, ARefusalIsAboutAnEarlierDatagram) {
  connect_to(client_, server_);
  server_ = Descriptor{};
  EXPECT_EQ(send(2, 30), 0U);  // refused by the kernel when it has arrived
  EXPECT_EQ(send(1, 30), 0U);
  EXPECT_EQ(send(2, 30), 0U);
}

TEST_F(DatagramSenderTest, SaysWhichDatagramsDidNotLeave) { EXPECT_EQ(send(3, 30), 3U) << "without a receiver"; }

}  // namespace
}  // namespace swapmasq::io
