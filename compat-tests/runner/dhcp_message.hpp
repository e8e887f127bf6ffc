// DHCP messages as the scenarios write and read them: built field by field from a step, so that malformed ones can be
// made too, and decoded into one line per field (RFC 2131 section 2, RFC 2132).
#pragma once

#include <set>
#include <string>

#include "base/bytes.hpp"
#include "script.hpp"

namespace swapmasq::compat {

// The step's first word is the message type (discover, offer, request, decline, ack, nak, release, inform, leasequery)
// or `bootp` for a message without one. README.md lists the arguments.
Bytes build_dhcp(const Step& step);

// The options in `masked` have their value left out, and zeros in the hexadecimal form.
std::string describe_dhcp(ByteView message, const std::set<int>& masked);

}  // namespace swapmasq::compat
