// Who hears what the server makes of each message, beside the log. What a call is given is valid for that call only.
// This class itself is the one who does not listen.
#pragma once

#include <string_view>

#include "base/bytes.hpp"
#include "dhcp/tags.hpp"
#include "dhcp/transaction.hpp"

namespace swapmasq::dhcp {

// Why a client gets nothing.
enum class TurnedAway {
  ignored,     // dhcp-ignore, or dhcp-host with ignore
  no_range,    // no dhcp-range fits where it is
  no_address,  // the ranges have none for it
};

class Audience {
 public:
  virtual ~Audience() = default;

  // A client's message, after it is known who the client is.
  virtual void heard(const Transaction&) {}
  // The tags that decide about the reply.
  virtual void tagged(const Transaction&, const TagSet&) {}
  // `reply` is the whole message.
  virtual void answered(const Transaction&, ByteView /*reply*/) {}
  virtual void turned_away(const Transaction&, TurnedAway) {}
};

}  // namespace swapmasq::dhcp
