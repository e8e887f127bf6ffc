// Which addresses were pinged, with what outcome, and who waits for one (spec dhcpv4.md section 8). Nobody waits for
// another client's address: each waits for its own, while everything else goes on.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/address.hpp"
#include "base/time.hpp"
#include "dhcp/action.hpp"
#include "dhcp/transaction.hpp"

namespace swapmasq::dhcp {

class AddressChecks {
 public:
  // An answer is waited for this long.
  static constexpr std::chrono::milliseconds timeout{3000};

  struct Verdict {
    enum class State { unused, wait } state = State::unused;
    PingId id;          // wait: for this one
    bool send = false;  // wait: and it has to be sent first
  };

  // Takes the address as unused without a ping when it was checked lately, when too many checks are going on or too
  // many clients wait. `client` tells clients apart.
  Verdict check(Ipv4 address, std::uint32_t client, TimePoint now);

  // Checked lately for another client, who may well take it.
  bool promised_to_other(Ipv4 address, std::uint32_t client, TimePoint now) const;

  // Keeps the transaction until the check is finished. The offset of `range` (null: of none) moves on when the address
  // turns out to be in use.
  void wait(PingId id, TransactionPtr t, Range* range);

  // The transactions that waited for this check, in the order in which they came. The address is passed over from now
  // on if it answered.
  std::vector<TransactionPtr> finished(PingId id, bool answered, TimePoint now);

 private:
  struct Check {
    std::uint32_t client = 0;
    TimePoint since;
    std::optional<PingId> pending;
  };
  struct Waiting {
    Range* range = nullptr;
    std::vector<TransactionPtr> transactions;
  };

  void forget_old(TimePoint now);
  std::optional<Ipv4> finish_check(PingId id, bool answered, TimePoint now);

  std::unordered_map<Ipv4, Check> checks_;
  std::unordered_map<std::uint64_t, Waiting> waiting_;  // by PingId
  std::size_t waiting_transactions_ = 0;
  std::uint64_t next_id_ = 1;
};

}  // namespace swapmasq::dhcp
