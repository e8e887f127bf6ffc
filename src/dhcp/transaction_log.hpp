// The log lines that every message leaves, and what quiet-dhcp and log-dhcp do to them (spec dhcpv4.md section 13).
#pragma once

#include <optional>
#include <string_view>

#include "base/address.hpp"
#include "dhcp/tags.hpp"
#include "dhcp/transaction.hpp"
#include "log/line.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::dhcp {

// What quiet-dhcp leaves out, and what not.
enum class Weight { ordinary, problem };

class TransactionLog {
 public:
  TransactionLog(const settings::Dhcp& dhcp, log::Log& log) : dhcp_(dhcp), log_(log) {}

  // `type` is a message type or what stands in its place.
  void message(const Transaction& t, std::string_view type, std::optional<Ipv4> address, std::string_view text,
               Weight weight) const;
  void tags(const Transaction& t, const TagSet& tags) const;

 private:
  const settings::Dhcp& dhcp_;
  log::Log& log_;
};

}  // namespace swapmasq::dhcp
