#include "upstream/cares_upstream.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>

#include "wire/dns_message.hpp"
#include "wire/writer.hpp"

namespace swapmasq::upstream {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;

Bytes hex(std::string_view text) {
  Bytes out;
  std::string pair;
  for (const char c : text) {
    if (c == ' ') continue;
    pair += c;
    if (pair.size() == 2) out.push_back(static_cast<std::uint8_t>(std::stoul(pair, nullptr, 16))), pair.clear();
  }
  return out;
}

// A query with everything that a stub resolver might be tempted to tidy up: mixed case, an unknown type, AD and CD,
// an OPT with DO and two options.
Bytes peculiar_query(std::uint16_t id) {
  auto query =
      hex("0000 0130 0001 0000 0000 0001 03 574d78 04 54657354 00 ff12 0001"
          "00 0029 04d0 00008000 0014 000a 0008 0102030405060708 fde9 0004 deadbeef");
  query[0] = static_cast<std::uint8_t>(id >> 8);
  query[1] = static_cast<std::uint8_t>(id);
  return query;
}

Bytes reply_to(Bytes query) {
  query[2] = static_cast<std::uint8_t>(query[2] | 0x80);
  return query;
}

std::uint32_t unpredictable() {
  static std::mt19937 numbers{std::random_device{}()};
  return static_cast<std::uint32_t>(numbers());
}

struct Heard : Receiver {
  void reply(dns::SendId id, ByteView message) override { replies[id].emplace_back(message.begin(), message.end()); }
  void failed(dns::SendId id, dns::SendFailure failure) override { failures[id] = failure; }
  void settled() override {}

  std::map<dns::SendId, std::vector<Bytes>> replies;
  std::map<dns::SendId, dns::SendFailure> failures;
};

class CaresUpstreamTest : public testing::Test {
 protected:
  void run(std::chrono::milliseconds time = std::chrono::milliseconds{100}) {
    io_.restart();
    io_.run_for(time);
  }

  // As long as it takes, but not for ever.
  void run_until_replies(std::size_t count) {
    for (int i = 0; i < 100 && heard_.replies.size() < count; ++i) run(std::chrono::milliseconds{50});
    EXPECT_EQ(heard_.replies.size(), count);
  }

  dns::UpstreamSend to(const udp::endpoint& server, dns::SendId id, Bytes message) const {
    dns::UpstreamSend send;
    send.id = id;
    send.message = std::move(message);
    send.server = {Ipv4{server.address().to_v4().to_uint()}, server.port(), 0};
    return send;
  }

  void send(const dns::UpstreamSend& send) {
    EXPECT_FALSE(upstream_.send(send));
    upstream_.flush();
  }

  // What the scripted server got.
  std::pair<Bytes, udp::endpoint> next_datagram() {
    Bytes buffer(65535);
    udp::endpoint from;
    server_.non_blocking(true);
    boost::system::error_code error;
    buffer.resize(server_.receive_from(asio::buffer(buffer), from, 0, error));
    return {error ? Bytes{} : buffer, from};
  }

  void answer(const udp::endpoint& to, Bytes message) { server_.send_to(asio::buffer(message), to); }

  asio::io_context io_;
  Heard heard_;
  CaresUpstream upstream_{io_, heard_, unpredictable};
  udp::socket server_{io_, udp::endpoint{asio::ip::address_v4::loopback(), 0}};
};

TEST_F(CaresUpstreamTest, TheMessageArrivesAsItWasMade) {
  send(to(server_.local_endpoint(), 1, peculiar_query(0xbeef)));
  run();
  EXPECT_EQ(to_hex(next_datagram().first), to_hex(peculiar_query(0xbeef)));
}

TEST_F(CaresUpstreamTest, NobodyLooksIntoTheMessage) {
  const auto nonsense = hex("1234 ffff 0007 0001 0000 0000 c00c 01");
  send(to(server_.local_endpoint(), 1, nonsense));
  run();
  const auto [query, from] = next_datagram();
  EXPECT_EQ(to_hex(query), to_hex(nonsense));
  answer(from, reply_to(query));
  run();
  ASSERT_EQ(heard_.replies[1].size(), 1U);
}

TEST_F(CaresUpstreamTest, ABetterReplyMayFollow) {
  send(to(server_.local_endpoint(), 1, peculiar_query(1)));
  run();
  const auto [query, from] = next_datagram();
  for (int i = 0; i < 2; ++i) {
    answer(from, reply_to(query));
    run();
  }
  EXPECT_EQ(heard_.replies[1].size(), 2U);
  EXPECT_TRUE(heard_.failures.empty());
}

TEST_F(CaresUpstreamTest, TheReplyComesBackAsItArrived) {
  send(to(server_.local_endpoint(), 7, peculiar_query(0x1234)));
  run();
  const auto [query, from] = next_datagram();
  auto reply = reply_to(query);
  reply[2] = 0x87;  // QR, AA, TC, RD
  reply[3] = 0xf0;  // RA, Z, AD, CD
  reply.resize(1400, 0xaa);
  answer(from, reply);
  run();
  ASSERT_EQ(heard_.replies[7].size(), 1U);
  EXPECT_EQ(to_hex(heard_.replies[7][0]), to_hex(reply));
}

TEST_F(CaresUpstreamTest, ErrorRcodesAreReplies) {
  for (std::uint8_t rcode = 1; rcode <= 5; ++rcode) {
    send(to(server_.local_endpoint(), rcode, peculiar_query(rcode)));
    run();
    const auto [query, from] = next_datagram();
    auto reply = reply_to(query);
    reply[3] = static_cast<std::uint8_t>(reply[3] | rcode);
    reply[11] = 0;  // without the OPT, which must not make anybody ask again without EDNS
    reply.resize(12 + 10 + 4);
    answer(from, reply);
    run();
    ASSERT_EQ(heard_.replies[rcode].size(), 1U) << int{rcode};
    EXPECT_EQ(heard_.replies[rcode][0], reply);
    EXPECT_TRUE(next_datagram().first.empty()) << "asked again after rcode " << int{rcode};
  }
}

TEST_F(CaresUpstreamTest, AtQuietTimesEverySendHasItsOwnPort) {
  std::set<std::uint16_t> ports;
  for (dns::SendId id = 1; id <= 30; ++id) {
    send(to(server_.local_endpoint(), id, peculiar_query(static_cast<std::uint16_t>(id))));
    const auto [query, from] = next_datagram();
    ASSERT_FALSE(query.empty());
    ports.insert(from.port());
    if (id % 2 == 0) upstream_.cancel(id);
  }
  // The kernel picks at random out of some 28000; a few repetitions would be no fault, a pattern would.
  EXPECT_GT(ports.size(), 25U);
}

TEST_F(CaresUpstreamTest, OthersDatagramsAreIgnored) {
  send(to(server_.local_endpoint(), 1, peculiar_query(0x1111)));
  run();
  const auto [query, from] = next_datagram();
  auto wrong_id = reply_to(query);
  wrong_id[0] ^= 0xff;
  answer(from, wrong_id);
  answer(from, query);  // not a response
  udp::socket stranger{io_, udp::endpoint{asio::ip::address_v4::loopback(), 0}};
  stranger.send_to(asio::buffer(reply_to(query)), from);
  run();
  EXPECT_TRUE(heard_.replies.empty());
  answer(from, reply_to(query));
  run();
  EXPECT_EQ(heard_.replies[1].size(), 1U);
}

TEST_F(CaresUpstreamTest, ACancelledSendIsSilentAndItsSocketGone) {
  send(to(server_.local_endpoint(), 1, peculiar_query(1)));
  run();
  const auto [query, from] = next_datagram();
  upstream_.cancel(1);
  upstream_.cancel(1);
  upstream_.cancel(99);
  answer(from, reply_to(query));
  run();
  EXPECT_TRUE(heard_.replies.empty());
  EXPECT_TRUE(heard_.failures.empty());
  udp::socket again{io_};
  again.open(udp::v4());
  boost::system::error_code error;
  again.bind(from, error);
  EXPECT_FALSE(error) << "the port is still taken";
}

TEST_F(CaresUpstreamTest, ASourcePortMayBeFixed) {
  udp::socket probe{io_, udp::endpoint{asio::ip::address_v4::loopback(), 0}};
  const auto port = probe.local_endpoint().port();
  probe.close();
  for (dns::SendId id = 1; id <= 2; ++id) {
    auto send = to(server_.local_endpoint(), id, peculiar_query(static_cast<std::uint16_t>(id)));
    send.source.port = port;
    this->send(send);
  }
  run();
  for (dns::SendId id = 1; id <= 2; ++id) {
    const auto [query, from] = next_datagram();
    EXPECT_EQ(from.port(), port);
    answer(from, reply_to(query));
  }
  run();
  EXPECT_EQ(heard_.replies.size(), 2U);
}

TEST_F(CaresUpstreamTest, ASocketThatIsNeverIdleDoesNotRunOutOfIds) {
  udp::socket probe{io_, udp::endpoint{asio::ip::address_v4::loopback(), 0}};
  auto send = to(server_.local_endpoint(), 0, peculiar_query(1));
  send.source.port = probe.local_endpoint().port();
  probe.close();
  for (; send.id < 70'000; ++send.id) {
    this->send(send);
    if (send.id > 0) upstream_.cancel(send.id);
  }
  run();
  EXPECT_TRUE(heard_.failures.empty());
}

TEST_F(CaresUpstreamTest, PortsCanBeLimitedToARange) {
  auto send = to(server_.local_endpoint(), 1, peculiar_query(1));
  send.source.min_port = 20000;
  send.source.max_port = 20100;
  this->send(send);
  run();
  const auto port = next_datagram().second.port();
  EXPECT_GE(port, 20000);
  EXPECT_LE(port, 20100);
}

TEST_F(CaresUpstreamTest, WhatCannotLeaveIsSaidAtOnce) {
  for (const bool tcp : {false, true}) {
    auto from_elsewhere = to(server_.local_endpoint(), 1, peculiar_query(1));
    from_elsewhere.source.address = Ipv4{0xc0000201};  // 192.0.2.1 is not ours
    from_elsewhere.tcp = tcp;
    const auto no_source = upstream_.send(from_elsewhere);
    ASSERT_TRUE(no_source);
    EXPECT_TRUE(no_source->source);
    EXPECT_EQ(no_source->reason, "Cannot assign requested address");

    auto elsewhere = to(server_.local_endpoint(), 2, peculiar_query(2));
    elsewhere.server.address = Ipv4{0xffffffff};  // which connect(2) does not permit, or cannot reach
    elsewhere.tcp = tcp;
    const auto no_way = upstream_.send(elsewhere);
    ASSERT_TRUE(no_way);
    EXPECT_FALSE(no_way->source);
  }
  upstream_.flush();
  run();
  EXPECT_TRUE(heard_.failures.empty()) << "said twice";
}

TEST_F(CaresUpstreamTest, ASourceIsTriedInAdvance) {
  dns::UpstreamSource source;
  source.port = server_.local_endpoint().port();
  EXPECT_EQ(upstream_.source_obstacle(source, true), "Address already in use");
  source.port = 0;
  EXPECT_EQ(upstream_.source_obstacle(source, true), std::nullopt);
  source.interface = "nowhere0";
  EXPECT_NE(upstream_.source_obstacle(source, true), std::nullopt);
}

TEST_F(CaresUpstreamTest, NobodyListeningIsNoAnswer) {
  const auto nobody = server_.local_endpoint();
  server_.close();
  send(to(nobody, 1, peculiar_query(1)));
  run();
  ASSERT_TRUE(heard_.failures.contains(1));
  EXPECT_EQ(heard_.failures[1], dns::SendFailure::no_answer);
}

TEST_F(CaresUpstreamTest, TcpCarriesLargeMessages) {
  tcp::acceptor acceptor{io_, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
  auto send = to({asio::ip::address_v4::loopback(), acceptor.local_endpoint().port()}, 3, peculiar_query(0x7777));
  send.tcp = true;
  tcp::socket peer{io_};
  Bytes got(2 + send.message.size());
  auto reply = reply_to(send.message);
  reply.resize(40000, 0x55);
  wire::Writer framed;
  framed.u16(static_cast<std::uint16_t>(reply.size()));
  framed.bytes(reply);
  acceptor.async_accept(peer, [&](const auto& failed) {
    ASSERT_FALSE(failed);
    asio::async_read(peer, asio::buffer(got), [&](const auto& error, std::size_t) {
      ASSERT_FALSE(error);
      asio::async_write(peer, asio::buffer(framed.view().data(), framed.view().size()),
                        [](const auto&, std::size_t) {});
    });
  });
  this->send(send);
  run(std::chrono::milliseconds{300});
  EXPECT_EQ(to_hex(ByteView{got}.subspan(2)), to_hex(send.message));
  ASSERT_EQ(heard_.replies[3].size(), 1U);
  EXPECT_EQ(heard_.replies[3][0], reply);
}

// Answers what comes, and counts the connections that it comes by.
class TcpServer {
 public:
  explicit TcpServer(asio::io_context& io)
      : acceptor_(io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}), peer_(io) {
    accept();
  }
  udp::endpoint endpoint() const { return {asio::ip::address_v4::loopback(), acceptor_.local_endpoint().port()}; }
  int connections() const { return connections_; }
  void hang_up() { peer_.close(); }
  // Closes the connection instead of the next answer.
  void break_next() { break_next_ = true; }

 private:
  void accept() {
    acceptor_.async_accept([this](const auto& error, tcp::socket peer) {
      if (error) return;
      ++connections_;
      peer_ = std::move(peer);
      read();
      accept();
    });
  }
  void read() {
    message_.resize(2 + peculiar_query(0).size());
    asio::async_read(peer_, asio::buffer(message_), [this](const auto& error, std::size_t) {
      if (error) return;
      if (std::exchange(break_next_, false)) return void(peer_.close());
      message_[4] = static_cast<std::uint8_t>(message_[4] | 0x80);
      asio::write(peer_, asio::buffer(message_));
      read();
    });
  }

  tcp::acceptor acceptor_;
  tcp::socket peer_;
  Bytes message_;
  int connections_ = 0;
  bool break_next_ = false;
};

class TcpReuse : public CaresUpstreamTest {
 protected:
  // As the engine does it: the answer ends the send.
  bool ask(dns::SendId id) {
    auto send = to(far_.endpoint(), id, peculiar_query(static_cast<std::uint16_t>(id)));
    send.tcp = true;
    this->send(send);
    for (int i = 0; i < 100 && heard_.replies[id].empty() && !heard_.failures.contains(id); ++i)
      run(std::chrono::milliseconds{10});
    upstream_.cancel(id);
    return heard_.replies[id].size() == 1;
  }

  TcpServer far_{io_};
};

TEST_F(TcpReuse, AConnectionServesTheNextMessage) {
  for (dns::SendId id = 1; id <= 5; ++id) EXPECT_TRUE(ask(id));
  EXPECT_EQ(far_.connections(), 1);
}

TEST_F(TcpReuse, WhatTheServerHasClosedIsOpenedAgain) {
  EXPECT_TRUE(ask(1));
  far_.hang_up();
  run(std::chrono::milliseconds{10});
  EXPECT_TRUE(ask(2));
  far_.hang_up();
  EXPECT_TRUE(ask(3)) << "nobody has looked at the connection since";
  far_.break_next();
  EXPECT_TRUE(ask(4)) << "closed while the message was on its way";
  EXPECT_EQ(far_.connections(), 4);
}

TEST_F(TcpReuse, ANewConnectionThatBreaksIsAFailure) {
  far_.break_next();
  EXPECT_FALSE(ask(1));
  EXPECT_TRUE(heard_.failures.contains(1));
  EXPECT_EQ(far_.connections(), 1);
}

TEST_F(CaresUpstreamTest, ARestOfACancelledReplyDoesNotDisturbTheNext) {
  tcp::acceptor acceptor{io_, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
  for (dns::SendId id = 1; id <= 2; ++id) {
    auto send = to({asio::ip::address_v4::loopback(), acceptor.local_endpoint().port()}, id, peculiar_query(0x7777));
    send.tcp = true;
    this->send(send);
    auto peer = acceptor.accept();
    run();
    wire::Writer framed;
    framed.u16(static_cast<std::uint16_t>(send.message.size()));
    framed.bytes(reply_to(send.message));
    asio::write(peer, asio::buffer(framed.view().data(), id == 1 ? 10 : framed.size()));
    run();
    if (id == 1) upstream_.cancel(id);
  }
  EXPECT_EQ(heard_.replies.size(), 1U);
  EXPECT_EQ(heard_.replies[2].size(), 1U);
}

TEST_F(CaresUpstreamTest, ARefusedConnectionIsAFailure) {
  tcp::acceptor acceptor{io_, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
  const auto port = acceptor.local_endpoint().port();
  acceptor.close();
  auto send = to({asio::ip::address_v4::loopback(), port}, 3, peculiar_query(1));
  send.tcp = true;
  this->send(send);
  run();
  EXPECT_TRUE(heard_.failures.contains(3));
}

TEST_F(CaresUpstreamTest, UnderLoadSendsShareSockets) {
  constexpr dns::SendId count = 1000;
  std::vector<std::pair<Bytes, udp::endpoint>> queries;
  for (dns::SendId id = 1; id <= count; ++id) {
    send(to(server_.local_endpoint(), id, peculiar_query(static_cast<std::uint16_t>(id))));
    queries.push_back(next_datagram());
  }
  std::map<std::uint16_t, std::size_t> ports;
  for (const auto& [query, from] : queries) {
    ++ports[from.port()];
    answer(from, reply_to(query));
  }
  run_until_replies(count);
  EXPECT_LE(ports.size(), 64U);
  EXPECT_GT(ports.size(), 40U);
  for (const auto& [id, replies] : heard_.replies) {
    ASSERT_EQ(replies.size(), 1U);
    EXPECT_EQ(to_hex(replies[0]), to_hex(reply_to(peculiar_query(static_cast<std::uint16_t>(id)))));
  }
}

TEST_F(CaresUpstreamTest, ABatchLeavesByOneSocketUnderLoad) {
  std::vector<dns::UpstreamSend> sends;
  for (dns::SendId id = 1; id <= 1000; ++id)
    sends.push_back(to(server_.local_endpoint(), id, peculiar_query(static_cast<std::uint16_t>(id))));
  const auto ports_of = [&](std::span<const dns::UpstreamSend> batch) {
    for (const auto& send : batch) EXPECT_FALSE(upstream_.send(send));
    upstream_.flush();
    std::set<std::uint16_t> ports;
    for (const auto& send : batch) {
      const auto [query, from] = next_datagram();
      EXPECT_EQ(to_hex(query), to_hex(send.message));
      ports.insert(from.port());
    }
    return ports;
  };
  const std::span all{sends};
  ports_of(all.first(40));  // more than have sockets of their own
  std::set<std::uint16_t> used;
  for (std::size_t i = 40; i + 20 <= all.size(); i += 20) {
    const auto ports = ports_of(all.subspan(i, 20));
    EXPECT_EQ(ports.size(), 1U);
    used.insert(ports.begin(), ports.end());
  }
  EXPECT_GT(used.size(), 15U);  // 48 times one of 32 at random
}

TEST_F(CaresUpstreamTest, IdsNeverCollideWithinASocket) {
  constexpr dns::SendId count = 500;
  std::set<std::pair<std::uint16_t, std::uint16_t>> seen;
  for (dns::SendId id = 1; id <= count; ++id) {
    send(to(server_.local_endpoint(), id, peculiar_query(0x4711)));
    const auto [query, from] = next_datagram();
    ASSERT_GE(query.size(), 2U);
    EXPECT_TRUE(seen.emplace(from.port(), static_cast<std::uint16_t>(query[0] << 8 | query[1])).second);
    answer(from, reply_to(query));
  }
  run_until_replies(count);
  for (const auto& [id, replies] : heard_.replies) {
    ASSERT_EQ(replies.size(), 1U);
    EXPECT_EQ(to_hex(replies[0]), to_hex(reply_to(peculiar_query(0x4711))));
  }
}

TEST_F(CaresUpstreamTest, ASharedSocketIgnoresWhatNobodyAskedFor) {
  std::pair<Bytes, udp::endpoint> last;
  for (dns::SendId id = 1; id <= 100; ++id) {
    send(to(server_.local_endpoint(), id, peculiar_query(static_cast<std::uint16_t>(id))));
    last = next_datagram();
  }
  auto wrong_id = reply_to(last.first);
  wrong_id[0] ^= 0x80;
  answer(last.second, wrong_id);
  udp::socket stranger{io_, udp::endpoint{asio::ip::address_v4::loopback(), 0}};
  stranger.send_to(asio::buffer(reply_to(last.first)), last.second);
  upstream_.cancel(100);
  answer(last.second, reply_to(last.first));
  run();
  EXPECT_TRUE(heard_.replies.empty());
  EXPECT_TRUE(heard_.failures.empty());
}

TEST_F(CaresUpstreamTest, ARefusalOnASharedSocketEndsNothing) {
  std::pair<Bytes, udp::endpoint> last;
  dns::SendId id = 0;
  while (id < 100) {
    ++id;
    send(to(server_.local_endpoint(), id, peculiar_query(static_cast<std::uint16_t>(id))));
    last = next_datagram();
  }
  const auto address = server_.local_endpoint();
  server_.close();
  while (id < 300) {
    ++id;
    send(to(address, id, peculiar_query(static_cast<std::uint16_t>(id))));
  }
  run();
  server_ = udp::socket{io_, address};
  answer(last.second, reply_to(last.first));
  run_until_replies(1);
  EXPECT_EQ(heard_.replies[100].size(), 1U);
}

// What the engine does: it sends and cancels while it is told of a reply.
struct Chatty : Heard {
  void reply(dns::SendId id, ByteView message) override {
    Heard::reply(id, message);
    upstream->cancel(id);
    if (id < 5) {
      auto next = send;
      next.id = id + 1;
      EXPECT_FALSE(upstream->send(next));
      upstream->flush();
    }
  }
  Upstream* upstream = nullptr;
  dns::UpstreamSend send;
};

TEST_F(CaresUpstreamTest, TheReceiverMaySendAndCancel) {
  Chatty chatty;
  CaresUpstream upstream{io_, chatty, unpredictable};
  chatty.upstream = &upstream;
  chatty.send = to(server_.local_endpoint(), 1, peculiar_query(1));
  EXPECT_FALSE(upstream.send(chatty.send));
  upstream.flush();
  for (int round = 0; round < 5; ++round) {
    run(std::chrono::milliseconds{20});
    const auto [query, from] = next_datagram();
    ASSERT_FALSE(query.empty());
    answer(from, reply_to(query));
    answer(from, reply_to(query));
  }
  run();
  EXPECT_EQ(chatty.replies.size(), 5U);
  EXPECT_TRUE(chatty.failures.empty());
}

}  // namespace
}  // namespace swapmasq::upstream
