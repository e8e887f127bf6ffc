// DHCPLEASEQUERY (RFC 4388; spec dhcpv4.md section 15): a relay or another server asks who has an address, or which
// address a client has.
#pragma once

#include "base/time.hpp"
#include "dhcp/server.hpp"
#include "dhcp/transaction.hpp"

namespace swapmasq::dhcp {

class LeaseQuery {
 public:
  explicit LeaseQuery(Server& server) : server_(server) {}

  void handle(Transaction& t, TimePoint now);

 private:
  bool permitted(Ipv4 source) const;
  void answer_active(Transaction& t, const Lease& lease, TimePoint now);
  void add_times(wire::Dhcp4Reply& reply, const Transaction& t, const Lease& lease, const Range* range,
                 TimePoint now) const;

  Server& server_;
};

}  // namespace swapmasq::dhcp
