// alias: other IPv4 addresses in upstream answers (spec dns-forwarding.md section 9.3).
#pragma once

#include <vector>

#include "settings/dns_filters.hpp"
#include "wire/dns_message.hpp"
#include "wire/writer.hpp"

namespace swapmasq::dns {

struct RewrittenAddress {
  wire::DnsName owner;
  Ipv4 address;  // the new one
};

// Rewrites the A records of the answer and additional sections. Returns what is new, in the order of the message.
std::vector<RewrittenAddress> rewrite_addresses(wire::Writer& message, const wire::DnsHeader& header,
                                                std::size_t questions_end,
                                                const std::vector<settings::AddressAlias>& aliases);

}  // namespace swapmasq::dns
