#include "upstream/cares_upstream.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/startup_error.hpp"
#include "upstream/cares_channel.hpp"
#include "upstream/channel_pool.hpp"
#include "upstream/datagram_batch.hpp"
#include "upstream/ready_sockets.hpp"

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

  void send(std::span<const dns::UpstreamSend> sends) {
    if (sends.empty()) return;
    const auto now = ChannelPool::Clock::now();
    pool_.begin_batch();
    for (const auto& send : sends) {
      auto channel = pool_.choose(send, now);
      channel->send(send);
      if (touched_.empty() || touched_.back() != channel) touched_.push_back(channel);
      by_send_.insert_or_assign(send.id, std::move(channel));
    }
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
    if (pool_.shares() && !std::exchange(renewing_, true)) renew_later();
  }

  void cancel(dns::SendId id) {
    const auto found = by_send_.find(id);
    if (found == by_send_.end()) return;
    const auto channel = std::move(found->second);
    by_send_.erase(found);
    channel->forget(id);
    pool_.put_away(channel);
  }

  void stop() {
    receiver_ = nullptr;
    by_send_.clear();
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
        if (by_send_.contains(event.id)) receiver_->reply(event.id, *event.reply);
      } else if (by_send_.erase(event.id) > 0) {
        receiver_->failed(event.id, event.failure);
      }
    }
    pool_.put_away(channel);
  }

  void renew_later() {
    renewal_.expires_after(ChannelPool::shared_life);
    renewal_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
      const auto self = weak.lock();
      if (error || !self || self->receiver_ == nullptr) return;
      self->pool_.renew();
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
  std::vector<Channel> touched_;  // by the sends at hand
  std::vector<CaresChannel::Event> events_;
};

CaresUpstream::CaresUpstream(asio::io_context& io, Receiver& receiver, std::function<std::uint32_t()> random, Tap* tap)
    : carrier_(std::make_shared<Carrier>(io, receiver, std::move(random), tap)) {}

CaresUpstream::~CaresUpstream() { carrier_->stop(); }

void CaresUpstream::send(std::span<const dns::UpstreamSend> sends) { carrier_->send(sends); }

void CaresUpstream::cancel(dns::SendId id) { carrier_->cancel(id); }

}  // namespace swapmasq::upstream
