// Which address a client gets: that of its dhcp-host, the one it has, the one it asks for, or a free one (spec
// dhcpv4.md sections 6.1 and 7). A choice may have to wait for a ping (section 8); then it is made again, from the same
// step on, when the outcome is known.
//
// Settings, leases, hosts and log are borrowed.
#pragma once

#include <optional>
#include <vector>

#include "dhcp/action.hpp"
#include "dhcp/address_checks.hpp"
#include "dhcp/hosts.hpp"
#include "dhcp/lease_store.hpp"
#include "dhcp/recent_offers.hpp"
#include "dhcp/transaction.hpp"
#include "log/line.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::dhcp {

class Allocation {
 public:
  Allocation(const settings::Dhcp& dhcp, LeaseStore& leases, Hosts& hosts, log::Log& log)
      : dhcp_(dhcp), leases_(leases), hosts_(hosts), log_(log) {}

  struct Choice {
    enum class State { found, none, waiting };  // found: it is in Transaction::offered
    State state = State::none;
    Ipv4 address;                  // waiting: is being checked
    AddressChecks::Verdict check;  // waiting: for this
    Range* range = nullptr;        // waiting: whose offset moves on when the address answers; null: none
  };

  // For a DISCOVER.
  Choice choose(Transaction& t, TimePoint now);
  // For BOOTP. A lease that is of no use here is given up.
  Choice choose_bootp(Transaction& t, TimePoint now);

  // Keeps a transaction until the check that its choice waits for is finished. The ping that has to be sent for that;
  // nothing: it is on its way.
  std::optional<Ping> wait(TransactionPtr t, const Choice& choice);
  // The transactions whose choice has to be made again.
  std::vector<TransactionPtr> check_finished(PingId id, bool answered, TimePoint now) {
    return checks_.finished(id, answered, now);
  }

 private:
  std::optional<Ipv4> configured_address(const Transaction& t, TimePoint now) const;
  std::optional<Ipv4> leased_address(const Transaction& t) const;
  Choice requested_address(Transaction& t, TimePoint now);
  Choice allocate(Transaction& t, TimePoint now);
  Choice allocate_from(Transaction& t, Range& range, TimePoint now);
  Choice allocate_between(Transaction& t, Range& range, Ipv4 first, Ipv4 last, TimePoint now);
  std::optional<Ipv4> first_free(Ipv4 first, Ipv4 last) const;
  Ipv4 first_to_try(const Transaction& t, const Range& range) const;
  bool left_to_others(const Transaction& t, Range& range, Ipv4 address, TimePoint now);
  bool usable(const Transaction& t, Ipv4 address) const;
  // Found, unless the address has to be checked first.
  Choice take(Transaction& t, Ipv4 address, Range* range, TimePoint now);

  const settings::Dhcp& dhcp_;
  LeaseStore& leases_;
  Hosts& hosts_;
  log::Log& log_;
  AddressChecks checks_;
  RecentOffers offers_;  // that no check has settled
};

}  // namespace swapmasq::dhcp
