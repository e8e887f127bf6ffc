// DHCPDISCOVER: an address is chosen, and offered or, by dhcp-rapid-commit, given at once (spec dhcpv4.md section 6.1).
#pragma once

#include "base/time.hpp"
#include "dhcp/request.hpp"
#include "dhcp/server.hpp"
#include "dhcp/transaction.hpp"

namespace swapmasq::dhcp {

class Discover {
 public:
  Discover(Server& server, Request& request) : server_(server), request_(request) {}

  void handle(TransactionPtr t, TimePoint now);
  // Goes on when the check of an address is finished.
  void resume(TransactionPtr t, TimePoint now);
  // Goes on when the delay of the offer is over.
  void send_offer(Transaction& t, TimePoint now);

 private:
  void offer(TransactionPtr t, TimePoint now);

  Server& server_;
  Request& request_;
};

}  // namespace swapmasq::dhcp
