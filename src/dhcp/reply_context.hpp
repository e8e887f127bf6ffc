// What decides about the options of one reply.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "dhcp/transaction.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::dhcp {

struct ReplyContext {
  const Transaction& client;
  const Range* range = nullptr;  // null: no range fits (DHCPINFORM)
  const TagSet& tags;            // with tag-if, without the range's tag
  const TagSet& range_tags;      // with tag-if and the range's tag
  std::string_view name;         // of the client, first label; empty: none
  std::string_view domain;       // of its address; empty: none
  // A lease with this time, from which the client shall renew some time before others that began with it.
  std::optional<settings::LeaseTime> lease;
  std::uint32_t renew_earlier_by = 0;  // a random number, 0: not at all
};

}  // namespace swapmasq::dhcp
