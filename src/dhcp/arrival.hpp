// From a datagram to a transaction: through which interface it came, whether DHCP is served there, and the ranges of
// that interface (spec dhcpv4.md section 2.1).
//
// Settings, ranges and log are borrowed.
#pragma once

#include "dhcp/packet.hpp"
#include "dhcp/ranges.hpp"
#include "dhcp/transaction.hpp"
#include "log/line.hpp"
#include "net/access.hpp"
#include "net/interfaces.hpp"
#include "settings/settings.hpp"

namespace swapmasq::dhcp {

class Arrival {
 public:
  Arrival(const settings::Settings& settings, Ranges& ranges, log::Log& log)
      : settings_(settings), ranges_(ranges), log_(log), access_(settings.net) {}

  // Null: not for this server. What the message says is not read yet.
  TransactionPtr receive(const Packet& packet, const net::Interfaces& interfaces, TimePoint now);

 private:
  const net::Interface* bridged(const net::Interfaces& interfaces, const net::Interface& arrival) const;
  bool served(const net::Interface& interface) const;
  std::vector<Ipv4> tftp_addresses(const net::Interfaces& interfaces) const;

  const settings::Settings& settings_;
  Ranges& ranges_;
  log::Log& log_;
  net::Access access_;
};

}  // namespace swapmasq::dhcp
