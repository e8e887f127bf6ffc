// The engine's side of the conversation with upstream servers: one message to one server, once. Retries, the choice of
// servers and the meaning of silence are the engine's; a carrier (upstream/upstream.hpp) only carries.
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

// Why a send ended without a reply.
enum class SendFailure {
  not_sent,   // nothing left this host: no route, no socket
  no_answer,  // sent; then the connection broke, the server's host refused it, or it was too late
};

}  // namespace swapmasq::dns
