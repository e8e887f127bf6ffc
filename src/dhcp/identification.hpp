// Who sends a message: its fields, the ranges of the client's subnet, its tags and its dhcp-host line (spec dhcpv4.md
// sections 2.2 to 5).
//
// Everything is borrowed.
#pragma once

#include "dhcp/hosts.hpp"
#include "dhcp/lease_store.hpp"
#include "dhcp/pxe_menu.hpp"
#include "dhcp/ranges.hpp"
#include "dhcp/transaction.hpp"
#include "dhcp/transaction_log.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"

namespace swapmasq::dhcp {

class Identification {
 public:
  Identification(const settings::Settings& settings, const LeaseStore& leases, Ranges& ranges, Hosts& hosts,
                 const PxeMenu& pxe_menu, const TransactionLog& transactions, log::Log& log)
      : dhcp_(settings.dhcp),
        matching_(settings.dhcp_matching),
        leases_(leases),
        ranges_(ranges),
        hosts_(hosts),
        pxe_menu_(pxe_menu),
        transactions_(transactions),
        log_(log) {}

  // False: not a request, or from a subnet without ranges.
  bool identify(Transaction& t) const;

 private:
  void read_fields(Transaction& t) const;
  void read_pxe_fields(Transaction& t) const;
  std::optional<Ipv4> server_id_override(const Transaction& t) const;
  void select_ranges(Transaction& t) const;
  void log_no_range(const Transaction& t) const;
  void log_candidates(const Transaction& t) const;
  void log_classes(const Transaction& t) const;
  void find_host(Transaction& t) const;
  void find_host_by_name(Transaction& t) const;

  const settings::Dhcp& dhcp_;
  const settings::DhcpMatching& matching_;
  const LeaseStore& leases_;
  Ranges& ranges_;
  Hosts& hosts_;
  const PxeMenu& pxe_menu_;
  const TransactionLog& transactions_;
  log::Log& log_;
};

}  // namespace swapmasq::dhcp
