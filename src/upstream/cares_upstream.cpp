#include "upstream/cares_upstream.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/startup_error.hpp"
#include "upstream/cares_channel.hpp"
#include "upstream/channel_pool.hpp"
#include "upstream/datagram_batch.hpp"
#include "upstream/ready_sockets.hpp"
#include "upstream/source_socket.hpp"

namespace swapmasq::upstream {

namespace asio = boost::asio;

namespace {

struct Library {
  Library() {
    if (ares_library_init(ARES_LIB_INIT_ALL) != ARES_SUCCESS)
      throw StartupError{ExitCode::other, "cannot initialise the DNS library"};
  }
  ~Library() { ares_library_cleanup(); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

}  // namespace

class CaresUpstream::Carrier : public CaresChannel::Owner, public std::enable_shared_from_this<Carrier> {
 public:
  Carrier(asio::io_context& io, Receiver& receiver, std::function<std::uint32_t()> random, Tap* tap)
      : io_(io),
        receiver_(&receiver),
        sockets_(std::make_shared<ReadySockets>(io,
                                                [this] {
                                                  if (receiver_ != nullptr) receiver_->settled();
                                                })),
        surroundings_{*sockets_, batch_, sender_, datagrams_, std::move(random), *this, tap},
        pool_(surroundings_),
        renewal_(io) {
    sockets_->start();
  }

  std::optional<dns::Obstacle> send(const dns::UpstreamSend& send) {
    if (touched_.empty()) {
      pool_.begin_batch();
      batch_begin_ = ChannelPool::Clock::now();
    }
    auto channel = pool_.choose(send, batch_begin_);
    const bool reused = channel->reusable();
    auto obstacle = channel->send(send);
    if (obstacle) pool_.put_away(channel, batch_begin_);
    if (obstacle && reused) {
      channel = pool_.unconnected();
      obstacle = channel->send(send);
      if (obstacle) pool_.put_away(channel, batch_begin_);
    } else if (reused) {
      on_reused_.emplace(send.id, send);
    }
    if (obstacle) return obstacle;
    if (touched_.empty() || touched_.back() != channel) touched_.push_back(channel);
    by_send_.insert_or_assign(send.id, channel);
    return std::nullopt;
  }

  std::optional<std::string> source_obstacle(const dns::UpstreamSource& source, bool v4) const {
    const int fd = open_source_socket(v4 ? AF_INET : AF_INET6, SOCK_DGRAM, 0, source, surroundings_.random);
    if (fd < 0) return std::generic_category().message(errno);
    ::close(fd);
    return std::nullopt;
  }

  void flush() {
    for (const auto& channel : touched_) {
      channel->flush();
      // A failure may be there already; it must not be reported from inside this call.
      if (channel->has_events())
        asio::post(io_, [self = shared_from_this(), channel] {
          self->deliver(channel);
          if (self->receiver_ != nullptr) self->receiver_->settled();
        });
    }
    touched_.clear();
    begin_renewal();
  }

  void cancel(dns::SendId id) {
    const auto found = by_send_.find(id);
    if (found == by_send_.end()) return;
    const auto channel = std::move(found->second);
    by_send_.erase(found);
    on_reused_.erase(id);
    channel->forget(id);
    put_away(channel);
  }

  void stop() {
    receiver_ = nullptr;
    by_send_.clear();
    on_reused_.clear();
    pool_.clear();
    sockets_->stop();
  }

  // CaresChannel::Owner
  void settled(CaresChannel& channel) override { deliver(channel.shared_from_this()); }

 private:
  using Channel = ChannelPool::Channel;

  void deliver(const Channel& channel) {
    channel->take_events(events_);
    for (const auto& event : events_) {
      if (receiver_ == nullptr) return;
      if (event.reply) {
        on_reused_.erase(event.id);
        if (by_send_.contains(event.id)) receiver_->reply(event.id, *event.reply);
      } else if (!sent_again(event.id) && by_send_.erase(event.id) > 0) {
        receiver_->failed(event.id, event.failure);
      }
    }
    put_away(channel);
  }

  void put_away(const Channel& channel) {
    pool_.put_away(channel, ChannelPool::Clock::now());
    begin_renewal();
  }

  // The server may have closed a connection that was kept, which is no reason to give it up.
  bool sent_again(dns::SendId id) {
    const auto send = on_reused_.extract(id);
    const auto place = by_send_.find(id);
    if (send.empty() || place == by_send_.end()) return false;
    auto channel = pool_.unconnected();
    if (channel->send(send.mapped())) {
      put_away(channel);
      return false;
    }
    place->second = std::move(channel);
    return true;
  }

  void begin_renewal() {
    if (pool_.to_renew() && !std::exchange(renewing_, true)) renew_later();
  }

  void renew_later() {
    renewal_.expires_after(ChannelPool::shared_life);
    renewal_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
      const auto self = weak.lock();
      if (error || !self || self->receiver_ == nullptr) return;
      self->pool_.renew(ChannelPool::Clock::now());
      self->renewing_ = self->pool_.to_renew();
      if (self->renewing_) self->renew_later();
    });
  }

  Library library_;
  asio::io_context& io_;
  Receiver* receiver_;
  std::shared_ptr<ReadySockets> sockets_;
  DatagramBatch batch_;
  io::DatagramSender sender_;
  std::vector<io::Outgoing> datagrams_;
  CaresChannel::Surroundings surroundings_;
  ChannelPool pool_;
  asio::steady_timer renewal_;
  bool renewing_ = false;
  std::unordered_map<dns::SendId, Channel> by_send_;
  std::unordered_map<dns::SendId, dns::UpstreamSend> on_reused_;  // over connections that had waited
  std::vector<Channel> touched_;                                  // by the batch at hand
  ChannelPool::Clock::time_point batch_begin_;
  std::vector<CaresChannel::Event> events_;
};

CaresUpstream::CaresUpstream(asio::io_context& io, Receiver& receiver, std::function<std::uint32_t()> random, Tap* tap)
    : carrier_(std::make_shared<Carrier>(io, receiver, std::move(random), tap)) {}

CaresUpstream::~CaresUpstream() { carrier_->stop(); }

std::optional<dns::Obstacle> CaresUpstream::send(const dns::UpstreamSend& send) { return carrier_->send(send); }

std::optional<std::string> CaresUpstream::source_obstacle(const dns::UpstreamSource& source, bool v4) {
  return carrier_->source_obstacle(source, v4);
}

void CaresUpstream::flush() { carrier_->flush(); }

void CaresUpstream::cancel(dns::SendId id) { carrier_->cancel(id); }

}  // namespace swapmasq::upstream
