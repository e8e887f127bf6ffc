// What is written into a lease when a client gets it, and for how long it lasts (spec dhcpv4.md section 11).
#pragma once

#include "base/time.hpp"
#include "dhcp/lease_store.hpp"
#include "dhcp/naming.hpp"
#include "dhcp/transaction.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::dhcp {

// The lease that the client has; null: none.
const Lease* lease_of(const LeaseStore& leases, const Transaction& t);

// The time that dhcp-host or the range gives, or less when the client asks for less.
settings::LeaseTime lease_time(const Transaction& t, const Range& range);

// A relay's server identifier is that of the lease from now on, also for messages that the client sends directly.
void keep_server_id_override(LeaseStore& leases, const Lease& lease, Transaction& t);

// Makes the lease the client's, from now on. `domain`: of its address; empty: none.
void grant_lease(LeaseStore& leases, const Lease& lease, const Transaction& t, const LeaseName& name,
                 std::string_view domain, settings::LeaseTime time, TimePoint now);

}  // namespace swapmasq::dhcp
