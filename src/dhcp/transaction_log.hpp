// The log lines that every message leaves, and what quiet-dhcp and log-dhcp do to them (spec dhcpv4.md section 13); the
// audience hears of all, however quiet the log is.
#pragma once

#include <optional>
#include <string_view>

#include "base/address.hpp"
#include "dhcp/audience.hpp"
#include "dhcp/tags.hpp"
#include "dhcp/transaction.hpp"
#include "log/line.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::dhcp {

// What quiet-dhcp leaves out, and what not.
enum class Weight { ordinary, problem };

class TransactionLog {
 public:
  TransactionLog(const settings::Dhcp& dhcp, log::Log& log, Audience& audience)
      : dhcp_(dhcp), log_(log), audience_(audience) {}

  // `type` is a message type or what stands in its place.
  void message(const Transaction& t, std::string_view type, std::optional<Ipv4> address, std::string_view text,
               Weight weight) const;
  void tags(const Transaction& t, const TagSet& tags) const;

  // These are no lines.
  void heard(const Transaction& t) const { audience_.heard(t); }
  void answered(const Transaction& t, ByteView reply) const { audience_.answered(t, reply); }
  void turned_away(const Transaction& t, TurnedAway why) const { audience_.turned_away(t, why); }

 private:
  const settings::Dhcp& dhcp_;
  log::Log& log_;
  Audience& audience_;
};

}  // namespace swapmasq::dhcp
