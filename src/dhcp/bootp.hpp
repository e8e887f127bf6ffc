// BOOTP: requests without a message type (RFC 951; spec dhcpv4.md section 12).
#pragma once

#include <string_view>

#include "base/time.hpp"
#include "dhcp/server.hpp"
#include "dhcp/transaction.hpp"

namespace swapmasq::dhcp {

class Bootp {
 public:
  explicit Bootp(Server& server) : server_(server) {}

  void handle(TransactionPtr t, TimePoint now);
  // Goes on when the check of an address is finished.
  void resume(TransactionPtr t, TimePoint now);

 private:
  bool in_use(const Transaction& t) const;
  std::string_view refusal(const Transaction& t, const Range* range) const;
  void turn_away(const Transaction& t, TurnedAway why, std::string_view reason) const;
  void answer(const Transaction& t, const Range* range, TimePoint now);

  Server& server_;
};

}  // namespace swapmasq::dhcp
