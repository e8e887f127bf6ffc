// What the engine wants done.
#pragma once

#include <vector>

#include "base/bytes.hpp"
#include "dns/client.hpp"
#include "dns/upstream_send.hpp"

namespace swapmasq::dns {

struct Reply {
  Client client;
  Bytes message;             // without TCP's length prefix
  std::uint32_t serial = 0;  // of the query
};

// In this order: replies, cancels, sends. Engine calls append; the caller carries them out and clears.
struct Actions {
  std::vector<Reply> replies;
  std::vector<SendId> cancels;  // replies to these sends are not wanted any more
  std::vector<UpstreamSend> sends;
  std::vector<Client> unanswered;  // TCP clients whose query gets no reply: their connection may go on
  std::vector<Client> dropped;     // TCP clients that talk nonsense: their connection ends

  bool empty() const {
    return replies.empty() && cancels.empty() && sends.empty() && unanswered.empty() && dropped.empty();
  }
  void clear() {
    replies.clear();
    cancels.clear();
    sends.clear();
    unanswered.clear();
    dropped.clear();
  }
};

}  // namespace swapmasq::dns
