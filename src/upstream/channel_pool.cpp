#include "upstream/channel_pool.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace swapmasq::upstream {

namespace {

using Kind = CaresChannel::Kind;

// Single sockets under way, and messages within this window or the one before, from which on messages share.
constexpr std::size_t most_single = 32;
constexpr std::chrono::milliseconds window{100};

constexpr std::size_t most_shared = 32;  // per server and source
constexpr std::size_t messages_per_socket = 256;

// With so many (servers that are silent) sockets are kept as they are: a channel of c-ares 1.18 takes a hundred
// kilobytes.
constexpr std::size_t most_channels = 128;

// Idle channels, without a socket, kept for the next sends, of each kind: making one costs more than a send.
constexpr std::size_t most_idle = 16;

// TCP connections without a message under way, of all servers, and how long they wait for one.
constexpr std::size_t most_connected = 8;
constexpr std::chrono::seconds longest_wait{10};

std::size_t ports_of(const dns::UpstreamSource& source) {
  return source.min_port == 0 ? 65536 : std::size_t{source.max_port} - source.min_port + 1;
}

}  // namespace

std::size_t ChannelPool::PathHash::operator()(const Path& path) const noexcept {
  const auto& source = path.source;
  auto hash = std::hash<Endpoint>{}(path.server);
  const auto mix = [&hash](std::size_t value) { hash = hash * 31 + value; };
  mix(source.address ? std::hash<IpAddress>{}(*source.address) : 0);
  mix(source.port.value_or(source.min_port));
  mix(std::hash<std::string>{}(source.interface));
  return hash;
}

ChannelPool::Channel ChannelPool::choose(const dns::UpstreamSend& send, Clock::time_point now) {
  if (send.tcp) return connected(send);
  if (send.source.port) return fixed(send);
  return may_be_alone(send.source, now) ? single(false) : shared(send);
}

bool ChannelPool::may_be_alone(const dns::UpstreamSource& source, Clock::time_point now) {
  if (now - window_begin_ >= window) {
    was_busy_ = asked_ > most_single && now - window_begin_ < 2 * window;
    window_begin_ = now;
    asked_ = 0;
  }
  ++asked_;
  const auto most = std::min(most_single, ports_of(source) / 2);
  return !was_busy_ && asked_ <= most && busy_udp_ < most;
}

ChannelPool::Channel ChannelPool::single(bool tcp) {
  auto channel = tcp ? take(idle_tcp_, Kind::tcp) : take(idle_udp_, Kind::udp);
  busy_.insert(channel);
  if (!tcp) ++busy_udp_;
  return channel;
}

ChannelPool::Channel ChannelPool::connected(const dns::UpstreamSend& send) {
  const auto found = std::find_if(connected_.rbegin(), connected_.rend(), [&](const Connected& one) {
    return one.channel->reusable() && one.path == Path{send.server, send.source};
  });
  if (found == connected_.rend()) return unconnected();
  auto channel = std::move(found->channel);
  connected_.erase(std::next(found).base());
  busy_.insert(channel);
  return channel;
}

ChannelPool::Channel ChannelPool::fixed(const dns::UpstreamSend& send) {
  auto& channel = fixed_[{send.server, send.source}];
  if (!channel) channel = make(Kind::udp);
  return channel;
}

ChannelPool::Channel ChannelPool::shared(const dns::UpstreamSend& send) {
  auto& shared = shared_[{send.server, send.source}];
  if (shared.places.empty()) {
    const auto places = std::min(most_shared, ports_of(send.source) / 4);
    shared.scarce = places == 0;
    shared.places.resize(std::max<std::size_t>(places, 1));
  }
  if (std::exchange(shared.batch, batch_) != batch_) shared.place = surroundings_.random() % shared.places.size();
  auto& channel = shared.places[shared.place];
  const bool spent = channel && channel->carried() >= messages_per_socket && !shared.scarce && !too_many();
  if (spent) retire(std::move(channel));
  if (!channel) channel = take(idle_shared_, Kind::shared_udp);
  return channel;
}

void ChannelPool::retire(Channel channel) {
  if (!channel->idle()) {
    retired_.insert(std::move(channel));
  } else if (idle_shared_.size() < most_idle) {
    channel->close();
    idle_shared_.push_back(std::move(channel));
  }
}

ChannelPool::Channel ChannelPool::take(std::vector<Channel>& idle, Kind kind) {
  if (idle.empty()) return make(kind);
  auto channel = std::move(idle.back());
  idle.pop_back();
  return channel;
}

bool ChannelPool::too_many() const { return *alive_ >= most_channels; }

ChannelPool::Channel ChannelPool::make(Kind kind) {
  auto channel = std::make_unique<CaresChannel>(surroundings_, kind);
  ++*alive_;
  return {channel.release(), [alive = alive_](const CaresChannel* gone) {
            --*alive;
            const std::unique_ptr<const CaresChannel> owned{gone};
          }};
}

void ChannelPool::put_away(const Channel& channel, Clock::time_point now) {
  if (!channel->idle()) return;
  if (retired_.erase(channel) > 0) return retire(channel);
  if (busy_.erase(channel) == 0) return;
  if (!channel->tcp()) --busy_udp_;
  if (channel->reusable()) {
    if (connected_.size() >= most_connected) connected_.erase(connected_.begin());
    connected_.push_back({{channel->server(), channel->source()}, channel, now});
    return;
  }
  if (channel->tcp()) channel->close();
  auto& idle = channel->tcp() ? idle_tcp_ : idle_udp_;
  if (idle.size() < most_idle) idle.push_back(channel);
}

void ChannelPool::renew(Clock::time_point now) {
  std::erase_if(connected_,
                [now](const Connected& one) { return !one.channel->reusable() || now - one.since >= longest_wait; });
  if (shared_.empty()) return idle_shared_.clear();
  for (auto& [path, shared] : shared_)
    for (auto& channel : shared.places)
      if (channel && (channel->idle() || (!shared.scarce && !too_many()))) retire(std::exchange(channel, nullptr));
  std::erase_if(shared_, [](const auto& entry) {
    return std::ranges::none_of(entry.second.places, [](const Channel& channel) { return channel != nullptr; });
  });
}

void ChannelPool::clear() {
  busy_.clear();
  fixed_.clear();
  shared_.clear();
  retired_.clear();
  idle_shared_.clear();
  idle_udp_.clear();
  idle_tcp_.clear();
  connected_.clear();
}

}  // namespace swapmasq::upstream
