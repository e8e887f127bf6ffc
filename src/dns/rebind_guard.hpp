// stop-dns-rebind: upstream answers must not name private addresses (spec dns-forwarding.md section 9.1), but for the
// domains of rebind-domain-ok.
#pragma once

#include <string>
#include <unordered_set>

#include "base/address.hpp"
#include "base/private_ranges.hpp"
#include "settings/dns.hpp"
#include "wire/dns_name.hpp"

namespace swapmasq::dns {

class RebindGuard {
 public:
  explicit RebindGuard(const settings::Dns& dns);

  // Whether an answer about `name` (lower case), which was asked for, may not have the address.
  bool forbids(wire::WireName name, const IpAddress& address) const;

 private:
  bool trusts(wire::WireName name) const;

  bool enabled_;
  Loopback loopback_;
  bool plain_names_ok_ = false;
  std::unordered_set<std::string> domains_ok_;  // wire form, lower case
};

}  // namespace swapmasq::dns
