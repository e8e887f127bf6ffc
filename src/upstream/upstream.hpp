// The conversation with upstream servers: a carrier takes one message to one server, once, and brings back what comes.
// The engine (dns/engine.hpp) decides which server, when again, and what silence means.
#pragma once

#include <span>

#include "base/bytes.hpp"
#include "dns/upstream_send.hpp"

namespace swapmasq::upstream {

// Who wants the replies. Called from the event loop, never from inside Upstream::send() or cancel().
class Receiver {
 public:
  virtual ~Receiver() = default;
  // A message that arrived for this send: over its socket, from its server, with the id that was sent. It carries the
  // id of the message given to send(). The send stays open: the question is not checked yet, a better one may follow.
  virtual void reply(dns::SendId id, ByteView message) = 0;
  // The send is over; no reply follows.
  virtual void failed(dns::SendId id, dns::SendFailure failure) = 0;
  // All that came together has been told.
  virtual void settled() = 0;
};

// Hears of the datagrams as they are on the wire. Called from inside send() or the event loop; must not call Upstream.
class Tap {
 public:
  virtual ~Tap() = default;
  // `local`: what the socket was bound to, with its port.
  virtual void leaves(dns::SendId id, const Endpoint& local, const Endpoint& server, ByteView message) = 0;
  virtual void arrived(dns::SendId id, const Endpoint& local, const Endpoint& server, ByteView message) = 0;
};

class Upstream {
 public:
  virtual ~Upstream() = default;
  // Never blocks. The outcome, also of an immediate failure, comes later through the Receiver. What is given together
  // costs less than one by one.
  virtual void send(std::span<const dns::UpstreamSend> sends) = 0;
  // Forgets a send and closes its socket; unknown ids are ignored (the send may have ended meanwhile).
  virtual void cancel(dns::SendId id) = 0;
};

}  // namespace swapmasq::upstream
