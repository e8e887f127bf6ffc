// What a client's message says about the client, for lease-change scripts (spec leases-and-scripts.md section 5.4).
#pragma once

#include "dhcp/lease_event.hpp"
#include "dhcp/tags.hpp"
#include "dhcp/transaction.hpp"

namespace swapmasq::dhcp {

// `tags`: with that of the range.
ClientData client_data(const Transaction& t, const TagSet& tags);

}  // namespace swapmasq::dhcp
