#include "upstream/channel_pool.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>

namespace swapmasq::upstream {
namespace {

using boost::asio::ip::udp;
using std::chrono::milliseconds;

class ChannelPoolTest : public testing::Test, public CaresChannel::Owner {
 protected:
  void settled(CaresChannel& /*channel*/) override {}

  dns::UpstreamSend next() {
    dns::UpstreamSend send;
    send.id = ++last_id_;
    send.message.resize(12 + 5);
    send.message[0] = static_cast<std::uint8_t>(last_id_ >> 8);
    send.message[1] = static_cast<std::uint8_t>(last_id_);
    send.message[5] = 1;  // one question, of the root
    send.server = {Ipv4{0x7f000001}, server_.local_endpoint().port(), 0};
    send.source = source_;
    return send;
  }

  // Chooses and sends, a batch of its own.
  ChannelPool::Channel choose() {
    const auto send = next();
    pool_.begin_batch();
    auto channel = pool_.choose(send, now_);
    EXPECT_FALSE(channel->send(send));
    channel->flush();
    sent_.emplace_back(channel, send.id);
    return channel;
  }

  std::set<ChannelPool::Channel> choose_many(std::size_t count) {
    std::set<ChannelPool::Channel> channels;
    for (std::size_t i = 0; i < count; ++i) channels.insert(choose());
    return channels;
  }

  void forget_all() {
    for (const auto& [channel, id] : sent_) {
      channel->forget(id);
      pool_.put_away(channel, now_);
    }
    sent_.clear();
  }

  boost::asio::io_context io_;
  udp::socket server_{io_, udp::endpoint{boost::asio::ip::address_v4::loopback(), 0}};
  std::shared_ptr<ReadySockets> sockets_ = std::make_shared<ReadySockets>(io_, [] {});
  DatagramBatch batch_;
  io::DatagramSender sender_;
  std::vector<io::Outgoing> datagrams_;
  std::mt19937 numbers_{7};
  CaresChannel::Surroundings surroundings_{
      *sockets_, batch_, sender_, datagrams_, [this] { return static_cast<std::uint32_t>(numbers_()); }, *this};
  ChannelPool pool_{surroundings_};
  ChannelPool::Clock::time_point now_{std::chrono::hours{1}};
  dns::UpstreamSource source_;
  dns::SendId last_id_ = 0;
  std::vector<std::pair<ChannelPool::Channel, dns::SendId>> sent_;
};

TEST_F(ChannelPoolTest, AtQuietTimesEachIsAlone) {
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(choose_many(3).size(), 3U);
    forget_all();
    now_ += milliseconds{20};
  }
  EXPECT_FALSE(pool_.shares());
}

TEST_F(ChannelPoolTest, ManyWithinAMomentShare) {
  EXPECT_EQ(choose_many(32).size(), 32U);
  EXPECT_FALSE(pool_.shares());
  const auto shared = choose_many(1000);
  EXPECT_TRUE(pool_.shares());
  EXPECT_EQ(shared.size(), 32U);
}

TEST_F(ChannelPoolTest, ManyThatWaitShareEvenWhenTheyComeSlowly) {
  for (int i = 0; i < 32; ++i) {
    choose();
    now_ += milliseconds{50};
  }
  EXPECT_FALSE(pool_.shares());
  choose();
  EXPECT_TRUE(pool_.shares());
}

TEST_F(ChannelPoolTest, SharingEndsWhenItIsQuietAgain) {
  choose_many(500);
  forget_all();
  now_ += milliseconds{100};
  const auto still_shared = choose();
  EXPECT_EQ(choose_many(1000).count(still_shared), 1U);
  forget_all();
  now_ += milliseconds{200};
  EXPECT_EQ(choose_many(10).size(), 10U);
}

TEST_F(ChannelPoolTest, ABatchHasOneSocketAndTheNextAnother) {
  choose_many(32);
  std::set<ChannelPool::Channel> used;
  for (int batch = 0; batch < 40; ++batch) {
    pool_.begin_batch();
    std::set<ChannelPool::Channel> channels;
    for (int i = 0; i < 10; ++i) {
      const auto send = next();
      channels.insert(pool_.choose(send, now_));
    }
    EXPECT_EQ(channels.size(), 1U);
    used.insert(channels.begin(), channels.end());
  }
  EXPECT_GT(used.size(), 15U);
}

TEST_F(ChannelPoolTest, SocketsAreRenewedAfterSoManyMessages) {
  const auto alone = choose_many(32);
  const auto first = choose_many(200);
  choose_many(32 * 300);
  for (const auto& channel : choose_many(200)) EXPECT_FALSE(first.contains(channel));
}

TEST_F(ChannelPoolTest, SocketsAreRenewedAfterAWhile) {
  choose_many(32);
  const auto first = choose_many(200);
  pool_.renew(now_);
  for (const auto& channel : choose_many(200)) EXPECT_FALSE(first.contains(channel));
  forget_all();
  pool_.renew(now_);
  EXPECT_FALSE(pool_.shares());
}

TEST_F(ChannelPoolTest, ARenewedChannelHasAnotherSocket) {
  const auto port_of_next_query = [this] {
    udp::endpoint from;
    std::array<std::uint8_t, 100> query{};
    server_.receive_from(boost::asio::buffer(query), from);
    return from.port();
  };
  std::map<ChannelPool::Channel, std::set<std::uint16_t>> ports;
  for (int second = 0; second < 5; ++second) {
    for (int i = 0; i < 64; ++i) {
      const auto channel = choose();
      ports[channel].insert(port_of_next_query());
    }
    forget_all();
    pool_.renew(now_);
    EXPECT_TRUE(pool_.to_renew());
  }
  std::size_t most = 0;
  for (const auto& [channel, own] : ports) most = std::max(most, own.size());
  EXPECT_GT(most, 2U) << "no channel served twice";
  pool_.renew(now_);
  EXPECT_FALSE(pool_.to_renew());
}

TEST_F(ChannelPoolTest, SilentServersDoNotMakeSocketsWithoutEnd) {
  std::set<ChannelPool::Channel> all;
  for (int second = 0; second < 20; ++second) {
    all.merge(choose_many(300));
    pool_.renew(now_);
    now_ += std::chrono::seconds{1};
  }
  EXPECT_LE(all.size(), 128U + 32U);
}

TEST_F(ChannelPoolTest, ServersAndSourcesDoNotShareWithOthers) {
  choose_many(32);
  const auto first = choose_many(200);
  source_.address = Ipv4{0x7f000002};
  for (const auto& channel : choose_many(200)) EXPECT_FALSE(first.contains(channel));
}

TEST_F(ChannelPoolTest, AFixedPortIsOneSocket) {
  const udp::socket free{io_, udp::endpoint{boost::asio::ip::address_v4::loopback(), 0}};
  source_.port = free.local_endpoint().port();
  source_.address = Ipv4{0x7f000002};
  EXPECT_EQ(choose_many(100).size(), 1U);
  EXPECT_FALSE(pool_.shares());
}

TEST_F(ChannelPoolTest, FewPortsAreEnough) {
  source_.min_port = 20200;
  source_.max_port = 20209;
  choose_many(500);
  for (const auto& [channel, id] : sent_) EXPECT_FALSE(channel->has_events()) << "a send failed";
}

TEST_F(ChannelPoolTest, TcpIsNeverShared) {
  std::set<ChannelPool::Channel> channels;
  for (int i = 0; i < 100; ++i) {
    auto send = next();
    send.tcp = true;
    channels.insert(pool_.choose(send, now_));
  }
  EXPECT_EQ(channels.size(), 100U);
}

}  // namespace
}  // namespace swapmasq::upstream
