// c-ares as a carrier: ares_send over channels whose sockets are chosen so that source ports stay unpredictable
// (channel_pool.hpp). Runs on the given event loop only; not thread-safe.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "upstream/upstream.hpp"

namespace swapmasq::upstream {

class CaresUpstream : public Upstream {
 public:
  // Loop, receiver and tap, which may be nothing, must outlive this. `random` is unpredictable. Throws StartupError
  // when c-ares cannot start.
  CaresUpstream(boost::asio::io_context& io, Receiver& receiver, std::function<std::uint32_t()> random,
                Tap* tap = nullptr);
  ~CaresUpstream() override;
  CaresUpstream(const CaresUpstream&) = delete;
  CaresUpstream& operator=(const CaresUpstream&) = delete;

  void send(std::span<const dns::UpstreamSend> sends) override;
  void cancel(dns::SendId id) override;

 private:
  class Carrier;
  std::shared_ptr<Carrier> carrier_;
};

}  // namespace swapmasq::upstream
