#include "upstream/cares_upstream.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/startup_error.hpp"
#include "upstream/cares_channel.hpp"

namespace swapmasq::upstream {

namespace asio = boost::asio;

namespace {

// Idle channels kept for the next sends, per transport: making one costs more than a send.
constexpr std::size_t max_idle = 64;

// With so many at work (servers that are silent), further queries share the sockets of others, as the reference's do:
// a channel of c-ares 1.18 takes a hundred kilobytes.
constexpr std::size_t max_busy = 128;

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

class CaresUpstream::Carrier : public std::enable_shared_from_this<Carrier> {
 public:
  Carrier(asio::io_context& io, Receiver& receiver) : io_(io), receiver_(&receiver) {}

  void send(const dns::UpstreamSend& send) {
    const auto channel = channel_for(send);
    by_send_.emplace(send.id, channel);
    busy_.insert(channel);
    channel->send(send);
    // A failure may be there already; it must not be reported from inside this call.
    if (channel->has_events()) asio::post(io_, [self = shared_from_this(), channel] { self->deliver(channel); });
  }

  void cancel(dns::SendId id) {
    const auto found = by_send_.find(id);
    if (found == by_send_.end()) return;
    const auto channel = found->second;
    by_send_.erase(found);
    channel->forget(id);
    put_away(channel);
  }

  void stop() {
    receiver_ = nullptr;
    by_send_.clear();
    busy_.clear();
    fixed_.clear();
    idle_udp_.clear();
    idle_tcp_.clear();
  }

 private:
  using Channel = std::shared_ptr<CaresChannel>;
  struct Fixed {
    Endpoint server;
    dns::UpstreamSource source;
    Channel channel;
  };

  Channel channel_for(const dns::UpstreamSend& send) {
    // A fixed port to one server is one socket, which all sends share.
    const bool fixed = send.source.port.has_value() && !send.tcp;
    if (fixed)
      for (const auto& known : fixed_)
        if (known.server == send.server && known.source == send.source) return known.channel;
    auto& idle = send.tcp ? idle_tcp_ : idle_udp_;
    if (!fixed && !idle.empty()) {
      auto channel = std::move(idle.back());
      idle.pop_back();
      return channel;
    }
    if (auto shared = fixed || send.tcp ? nullptr : channel_to_share(send)) return shared;
    auto channel = make_channel(send.tcp);
    if (fixed) fixed_.push_back({send.server, send.source, channel});
    return channel;
  }

  // The least loaded one that goes to the same server, when there are too many already.
  Channel channel_to_share(const dns::UpstreamSend& send) const {
    if (busy_.size() < max_busy) return nullptr;
    Channel best;
    for (const auto& channel : busy_)
      if (channel->fits(send) && (!best || channel->load() < best->load())) best = channel;
    return best;
  }

  Channel make_channel(bool tcp) {
    const auto slot = std::make_shared<std::weak_ptr<CaresChannel>>();
    auto channel = std::make_shared<CaresChannel>(io_, tcp, [weak = weak_from_this(), slot] {
      const auto self = weak.lock();
      const auto settled = slot->lock();
      if (self && settled) self->deliver(settled);
    });
    *slot = channel;
    return channel;
  }

  void deliver(const Channel& channel) {
    for (const auto& event : channel->take_events()) {
      if (!by_send_.contains(event.id) || receiver_ == nullptr) continue;
      if (event.reply) {
        receiver_->reply(event.id, *event.reply);
      } else {
        by_send_.erase(event.id);
        receiver_->failed(event.id, event.failure);
      }
    }
    put_away(channel);
  }

  // Back among the idle ones, once.
  void put_away(const Channel& channel) {
    if (!channel->idle()) return;
    busy_.erase(channel);
    if (std::ranges::find(fixed_, channel, &Fixed::channel) != fixed_.end()) return;
    auto& idle = channel->tcp() ? idle_tcp_ : idle_udp_;
    if (idle.size() < max_idle && std::ranges::find(idle, channel) == idle.end()) idle.push_back(channel);
  }

  Library library_;
  asio::io_context& io_;
  Receiver* receiver_;
  std::unordered_map<dns::SendId, Channel> by_send_;
  std::unordered_set<Channel> busy_;
  std::vector<Fixed> fixed_;
  std::vector<Channel> idle_udp_;
  std::vector<Channel> idle_tcp_;
};

CaresUpstream::CaresUpstream(asio::io_context& io, Receiver& receiver)
    : carrier_(std::make_shared<Carrier>(io, receiver)) {}

CaresUpstream::~CaresUpstream() { carrier_->stop(); }

void CaresUpstream::send(const dns::UpstreamSend& send) { carrier_->send(send); }

void CaresUpstream::cancel(dns::SendId id) { carrier_->cancel(id); }

}  // namespace swapmasq::upstream
