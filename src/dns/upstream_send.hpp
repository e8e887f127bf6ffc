// The engine's side of the conversation with upstream servers: one message to one server, once. Retries, the choice of
// servers and the meaning of silence are the engine's; a carrier (upstream/upstream.hpp) only carries. It is asked
// directly, because the engine goes on to the next server when one cannot be reached.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/address.hpp"
#include "base/bytes.hpp"

namespace swapmasq::dns {

// Names one send for its whole life; never used again in the life of the process.
using SendId = std::uint64_t;

// Where a query leaves from (spec dns-forwarding.md section 6.1). Absent parts are the kernel's choice, which must be
// unpredictable per query for the port.
struct UpstreamSource {
  std::optional<IpAddress> address;
  std::optional<std::uint16_t> port;  // fixed source port
  std::uint16_t min_port = 0;         // otherwise a random one out of min_port..max_port; 0: the kernel's
  std::uint16_t max_port = 0;
  std::string interface;  // bound to this interface; empty: none

  bool operator==(const UpstreamSource&) const = default;
};

struct UpstreamSend {
  SendId id = 0;
  Bytes message;
  Endpoint server;
  UpstreamSource source;
  bool tcp = false;
};

// Why a message cannot leave this host, known at once.
struct Obstacle {
  bool source = false;  // no socket can be bound to the source; otherwise there is no way to the server
  std::string reason;   // in the words of the system
};

// Who takes messages to upstream servers.
class Carrier {
 public:
  virtual ~Carrier() = default;
  // Nothing: the message leaves with the others of its batch, and what comes of it is told later.
  [[nodiscard]] virtual std::optional<Obstacle> send(const UpstreamSend& send) = 0;
  // Why no socket for a server of this family can be bound to a source, in the words of the system.
  virtual std::optional<std::string> source_obstacle(const UpstreamSource& source, bool v4) = 0;
};

// Why a send ended without a reply.
enum class SendFailure {
  not_sent,   // it could not leave after all
  no_answer,  // sent; then the connection broke, the server's host refused it, or it was too late
};

}  // namespace swapmasq::dns
