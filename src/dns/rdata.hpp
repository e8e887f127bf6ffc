// RDATA that can stand alone: the names in it uncompressed (RFC 3597 section 4 says for which types names may be
// compressed at all).
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "wire/dns_message.hpp"

namespace swapmasq::dns {

enum class NameCase { as_sent, lower };

// Nothing when the RDATA does not have the form of its type.
std::optional<Bytes> standalone_rdata(ByteView message, const wire::DnsRecord& record, NameCase name_case);

// Where the names in a record's RDATA begin, as positions in the message.
std::vector<std::size_t> names_in_rdata(ByteView message, const wire::DnsRecord& record);

}  // namespace swapmasq::dns
