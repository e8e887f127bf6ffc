// c-ares as a carrier: ares_send over one channel per message, so that every query has a socket, and with it a source
// port, of its own. Runs on the given event loop only; not thread-safe.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>

#include "upstream/upstream.hpp"

namespace swapmasq::upstream {

class CaresUpstream : public Upstream {
 public:
  // Both must outlive this. Throws StartupError when c-ares cannot start.
  CaresUpstream(boost::asio::io_context& io, Receiver& receiver);
  ~CaresUpstream() override;
  CaresUpstream(const CaresUpstream&) = delete;
  CaresUpstream& operator=(const CaresUpstream&) = delete;

  void send(const dns::UpstreamSend& send) override;
  void cancel(dns::SendId id) override;

 private:
  class Carrier;
  std::shared_ptr<Carrier> carrier_;
};

}  // namespace swapmasq::upstream
