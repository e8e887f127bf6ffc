// bogus-nxdomain and ignore-address: answers that are known by an address in them (spec dns-forwarding.md sections 8
// and 9.2).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "settings/dns_filters.hpp"
#include "wire/dns_message.hpp"

namespace swapmasq::dns {

struct ListedAddress {
  wire::DnsName owner;
  std::uint32_t ttl = 0;  // seconds
};

// The first A or AAAA record of the answer section whose address is in one of the prefixes.
std::optional<ListedAddress> find_listed_address(ByteView message, const wire::DnsHeader& header,
                                                 std::size_t questions_end,
                                                 const std::vector<settings::AddressPrefix>& prefixes);

}  // namespace swapmasq::dns
