// Which addresses were pinged, with what outcome, and who waits for one (spec dhcpv4.md section 8). Nobody waits for
// another client's address: each waits for its own, while everything else goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/address.hpp"
#include "base/time.hpp"
#include "dhcp/action.hpp"

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

  // Takes the address as unused without a ping when it was checked lately or when too many checks are going on.
  // `client` tells clients apart.
  Verdict check(Ipv4 address, std::uint32_t client, TimePoint now);

  // Checked lately for another client, who may well take it.
  bool promised_to_other(Ipv4 address, std::uint32_t client, TimePoint now) const;

  // The address that was checked; nothing for an unknown id.
  std::optional<Ipv4> finished(PingId id, bool answered, TimePoint now);

 private:
  struct Check {
    std::uint32_t client = 0;
    TimePoint since;
    std::optional<PingId> pending;
  };

  void forget_old(TimePoint now);

  std::unordered_map<Ipv4, Check> checks_;
  std::uint64_t next_id_ = 1;
};

}  // namespace swapmasq::dhcp
