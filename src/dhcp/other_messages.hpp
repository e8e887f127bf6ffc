// DHCPDECLINE, DHCPRELEASE, DHCPINFORM (spec dhcpv4.md sections 6.3 to 6.5).
#pragma once

#include "base/time.hpp"
#include "dhcp/server.hpp"
#include "dhcp/transaction.hpp"

namespace swapmasq::dhcp {

void decline(Server& server, const Transaction& t, TimePoint now);
void release(Server& server, const Transaction& t);
void inform(Server& server, Transaction& t, TimePoint now);

}  // namespace swapmasq::dhcp
