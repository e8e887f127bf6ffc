// What log-dhcp tells about a request's wishes and a finished reply (spec dhcpv4.md sections 13.2 and 13.3).
#pragma once

#include "base/bytes.hpp"
#include "dhcp/transaction.hpp"
#include "log/line.hpp"

namespace swapmasq::dhcp {

void log_requested_options(log::Log& log, const Transaction& client);

// The header's boot fields, then every option that the reply carries.
void log_reply(log::Log& log, ByteView reply);

}  // namespace swapmasq::dhcp
