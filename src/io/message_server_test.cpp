#include "io/message_server.hpp"

#include <array>
#include <future>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <thread>

#include "io/socket_address.hpp"

namespace swapmasq::io {
namespace {

const IpAddress kLoopback = *IpAddress::parse("127.0.0.1");

Endpoint bound_to(const Descriptor& listener) { return local_endpoint(listener.get()).value_or(Endpoint{}); }

Descriptor connect_to(const Endpoint& endpoint) {
  Descriptor fd{::socket(AF_INET, SOCK_STREAM, 0)};
  const timeval patience{.tv_sec = 2, .tv_usec = 0};
  setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const SocketAddress address{endpoint};
  EXPECT_EQ(::connect(fd.get(), address.get(), address.length), 0);
  return fd;
}

TEST(MessageServer, AQueryThatIsNotAnsweredDoesNotOutliveTheServer) {
  Loop loop;
  std::weak_ptr<MessageConnection> asking;
  {
    MessageServer server{loop,
                         {},
                         [](const MessageConnection&) { return true; },
                         [&](const MessageServer::Connection& connection, ByteView) {
                           asking = connection;
                           loop.stop();
                         }};
    auto listener = listen_tcp({.address = kLoopback}, 1);
    ASSERT_TRUE(listener.has_value());
    const auto client = connect_to(bound_to(*listener));
    server.serve(1, std::move(*listener));
    const std::string query{"\0\1?", 3};
    ASSERT_EQ(::send(client.get(), query.data(), query.size(), MSG_NOSIGNAL), 3);
    loop.run();
    EXPECT_FALSE(asking.expired());
  }
  EXPECT_TRUE(asking.expired());
}

// An echo server on its own thread, and blocking clients.
class Echo {
 public:
  explicit Echo(MessageServer::Limits limits, bool admit = true)
      : server_(
            loop_, limits, [admit](const MessageConnection&) { return admit; },
            [](const MessageServer::Connection& connection, ByteView message) {
              connection->send(message);
              connection->resume();
            }) {
    auto listener = listen_tcp({.address = kLoopback}, 32);
    EXPECT_TRUE(listener.has_value());
    endpoint_ = bound_to(*listener);
    server_.serve(1, std::move(*listener));
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~Echo() {
    loop_.post([this] { loop_.stop(); });
    thread_.join();
  }
  Echo(const Echo&) = delete;
  Echo& operator=(const Echo&) = delete;

  Descriptor connect() const { return connect_to(endpoint_); }
  MessageServer::Use take_use() {
    std::promise<MessageServer::Use> use;
    loop_.post([&] { use.set_value(server_.take_use()); });
    return use.get_future().get();
  }

 private:
  Loop loop_;
  MessageServer server_;
  Endpoint endpoint_;
  std::thread thread_;
};

void put(const Descriptor& fd, const std::string& octets) {
  ASSERT_EQ(::send(fd.get(), octets.data(), octets.size(), MSG_NOSIGNAL), static_cast<ssize_t>(octets.size()));
}

std::string take(const Descriptor& fd, std::size_t count) {
  std::string octets(count, '\0');
  const auto got = ::recv(fd.get(), octets.data(), count, MSG_WAITALL);
  octets.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return octets;
}

const std::string kTwo{"\0\2hi\0\3you", 9};

TEST(MessageServer, PipelinedMessagesComeBackInOrder) {
  const Echo echo{{}};
  const auto client = echo.connect();
  put(client, kTwo.substr(0, 3));
  put(client, kTwo.substr(3));
  EXPECT_EQ(take(client, kTwo.size()), kTwo);
}

// Nobody but the server holds the connection while the answer is being thought about.
TEST(MessageServer, AnAnswerMayTakeItsTime) {
  Loop loop;
  std::weak_ptr<MessageConnection> waiting;
  Loop::Timer end{loop, [&] { loop.stop(); }};
  Loop::Timer answer{loop, [&] {
                       if (const auto connection = waiting.lock()) {
                         connection->send(to_bytes("late"));
                         connection->resume();
                       }
                       end.set(Loop::now() + std::chrono::milliseconds{50});
                     }};
  MessageServer server{loop,
                       {},
                       [](const MessageConnection&) { return true; },
                       [&](const MessageServer::Connection& connection, ByteView) {
                         waiting = connection;
                         answer.set(Loop::now() + std::chrono::milliseconds{50});
                       }};
  auto listener = listen_tcp({.address = kLoopback}, 32);
  ASSERT_TRUE(listener.has_value());
  const auto endpoint = bound_to(*listener);
  server.serve(1, std::move(*listener));
  const auto client = connect_to(endpoint);
  put(client, kTwo.substr(0, 4));
  loop.run();
  EXPECT_EQ(take(client, 6), (std::string{"\0\4late", 6}));
}

TEST(MessageServer, CountsItsConnections) {
  Echo echo{{.messages = 1}};
  const auto answered = [&] {
    const auto client = echo.connect();
    put(client, kTwo.substr(0, 4));
    EXPECT_EQ(take(client, 100), kTwo.substr(0, 4)) << "and then the end of the connection";
  };
  {
    const auto idle = echo.connect();
    answered();
    const auto use = echo.take_use();
    EXPECT_EQ(use.connections, 1U);
    EXPECT_EQ(use.highest, 2U);
  }
  answered();
  EXPECT_EQ(echo.take_use().connections, 0U);
}

TEST(MessageServer, ClosesAfterTheLastAllowedMessage) {
  const Echo echo{{.messages = 2}};
  const auto client = echo.connect();
  put(client, kTwo + kTwo);
  EXPECT_EQ(take(client, 100), kTwo);
}

TEST(MessageServer, ALengthOfZeroOrTooMuchEndsTheConnection) {
  const Echo echo{{.largest = 10}};
  for (const auto* bad : {"\0\0", "\0\x0b"}) {
    const auto client = echo.connect();
    put(client, std::string{bad, 2});
    EXPECT_EQ(take(client, 1), "");
  }
}

TEST(MessageServer, WaitsWithNewClientsUntilAnOldOneLeaves) {
  const Echo echo{{.connections = 1}};
  auto first = echo.connect();
  put(first, kTwo);
  EXPECT_EQ(take(first, kTwo.size()), kTwo);
  const auto second = echo.connect();
  put(second, kTwo);
  first.reset();
  EXPECT_EQ(take(second, kTwo.size()), kTwo);
}

TEST(MessageServer, ClosesWhoIsNotAdmitted) {
  const Echo echo{{}, false};
  const auto client = echo.connect();
  EXPECT_EQ(take(client, 1), "");
}

TEST(MessageServer, LifetimeEndsAnIdleConnection) {
  const Echo echo{{.lifetime = std::chrono::seconds{1}}};
  const auto client = echo.connect();
  EXPECT_EQ(take(client, 1), "");
}

}  // namespace
}  // namespace swapmasq::io
