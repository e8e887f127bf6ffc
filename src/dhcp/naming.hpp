// Which name a client gets, out of what it sends, its dhcp-host and the hosts files (spec dhcpv4.md section 9).
//
// Settings, names and log are borrowed.
#pragma once

#include <string>
#include <string_view>

#include "base/address.hpp"
#include "dhcp/client_name.hpp"
#include "dhcp/host_names.hpp"
#include "dhcp/hosts.hpp"
#include "dhcp/lease_store.hpp"
#include "dhcp/tags.hpp"
#include "dhcp/transaction.hpp"
#include "log/line.hpp"
#include "net/interfaces.hpp"
#include "settings/settings.hpp"

namespace swapmasq::dhcp {

struct LeaseName {
  std::string name;  // empty: the lease keeps the one it has
  bool authoritative = false;
};

class Naming {
 public:
  Naming(const settings::Settings& settings, const HostNames& names, log::Log& log)
      : settings_(settings), names_(names), log_(log), domains_(settings.dns) {}

  void learn_domains(const net::Interfaces& interfaces) { domains_.learn(interfaces); }
  // Empty: none.
  std::string_view domain_of(Ipv4 address) const { return domains_.of(address); }

  // The name that dhcp-host gives the client, told off if its domain is not that of the address; empty: none.
  std::string configured(const Transaction& t, Ipv4 address) const;
  // The name in an OFFER; empty: none.
  static std::string offered(const Transaction& t);
  // `tags`: with that of the range.
  LeaseName leased(const Transaction& t, Ipv4 address, const TagSet& tags) const;
  // The name in the answer to an INFORM; `own` is the client's lease; null: none.
  std::string informed(const Transaction& t, Ipv4 address, const Lease* own, const LeaseStore& leases) const;

  // After the hosts files have changed: addresses of dhcp-host lines and names of leases that come from there.
  void hosts_reloaded(Hosts& hosts, LeaseStore& leases) const;

 private:
  std::string hosts_file_name(Ipv4 address) const;
  std::string without_domain(std::string_view host, std::string_view domain, Ipv4 address) const;

  const settings::Settings& settings_;
  const HostNames& names_;
  log::Log& log_;
  Domains domains_;
};

}  // namespace swapmasq::dhcp
