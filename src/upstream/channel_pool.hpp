// Which socket a message leaves by. At quiet times each has a fresh socket, and with it a source port, of its own.
// Under load - more than a few dozen of those under way, or of messages within a tenth of a second - the others share:
// for each server and source there is a pool of sockets, of which every batch of messages takes one at random. A shared
// socket serves for a second or for so many messages, then it waits for its replies and another one, on another port,
// takes its place. The source may ask for one fixed port; then there is one socket.
//
// TCP connections carry one message at a time, and are kept for the next one for some seconds.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/address.hpp"
#include "dns/upstream_send.hpp"
#include "upstream/cares_channel.hpp"

namespace swapmasq::upstream {

class ChannelPool {
 public:
  using Channel = std::shared_ptr<CaresChannel>;
  using Clock = std::chrono::steady_clock;

  // The second after which shared sockets are renewed.
  static constexpr std::chrono::seconds shared_life{1};

  // The surroundings outlive the pool and all its channels.
  explicit ChannelPool(const CaresChannel::Surroundings& surroundings) : surroundings_(surroundings) {}

  // What is chosen from here on is another batch.
  void begin_batch() { ++batch_; }
  Channel choose(const dns::UpstreamSend& send, Clock::time_point now);
  // A TCP channel without a connection.
  Channel unconnected() { return single(true); }
  // A channel may have become idle.
  void put_away(const Channel& channel, Clock::time_point now);

  bool shares() const { return !shared_.empty(); }
  // To be called after shared_life, for as long as there is something to renew.
  void renew(Clock::time_point now);
  bool to_renew() const { return shares() || !retired_.empty() || !idle_shared_.empty() || !connected_.empty(); }
  void clear();

 private:
  struct Path {
    Endpoint server;
    dns::UpstreamSource source;
    bool operator==(const Path&) const = default;
  };
  struct PathHash {
    std::size_t operator()(const Path& path) const noexcept;
  };
  struct Shared {
    std::vector<Channel> places;
    std::size_t place = 0;    // of the current batch
    std::uint64_t batch = 0;  // 0: none yet
    bool scarce = false;      // hardly any ports: no renewal while they are in use
  };

  // A TCP connection that waits for the next message to its server.
  struct Connected {
    Path path;
    Channel channel;
    Clock::time_point since;
  };

  bool may_be_alone(const dns::UpstreamSource& source, Clock::time_point now);
  Channel single(bool tcp);
  Channel connected(const dns::UpstreamSend& send);
  Channel fixed(const dns::UpstreamSend& send);
  Channel shared(const dns::UpstreamSend& send);
  // Nothing new for this shared one; another socket when its replies have come.
  void retire(Channel channel);
  Channel take(std::vector<Channel>& idle, CaresChannel::Kind kind);
  bool too_many() const;
  Channel make(CaresChannel::Kind kind);

  const CaresChannel::Surroundings& surroundings_;
  std::uint64_t batch_ = 1;
  Clock::time_point window_begin_{};
  std::size_t asked_ = 0;  // messages within the window
  bool was_busy_ = false;  // in the window before
  std::unordered_set<Channel> busy_;
  std::size_t busy_udp_ = 0;
  std::vector<Channel> idle_udp_;
  std::vector<Channel> idle_tcp_;
  std::vector<Connected> connected_;  // the one that came last at the end
  std::unordered_map<Path, Channel, PathHash> fixed_;
  std::unordered_map<Path, Shared, PathHash> shared_;
  std::unordered_set<Channel> retired_;  // shared ones, with replies to come
  std::vector<Channel> idle_shared_;
  std::shared_ptr<std::size_t> alive_ = std::make_shared<std::size_t>(0);
};

}  // namespace swapmasq::upstream
