// filter-A, filter-AAAA and filter-rr: takes records out of upstream answers (spec dns-forwarding.md section 9.4).
#pragma once

#include <cstdint>
#include <vector>

#include "wire/dns_message.hpp"
#include "wire/writer.hpp"

namespace swapmasq::dns {

bool is_filtered(std::uint16_t type, const std::vector<std::uint16_t>& types);

// Whether there were records of these types in the answer. They are taken out of the message, and compression pointers
// follow; the message stays whole when a name that is kept points into one of them.
[[nodiscard]] bool filter_records(wire::Writer& message, wire::DnsHeader& header, const wire::DnsQuestion& question,
                                  const std::vector<std::uint16_t>& types);

}  // namespace swapmasq::dns
