// The tags that a message gets by what it says: dhcp-mac, dhcp-match, dhcp-vendorclass, dhcp-userclass and the lines
// about relays (spec dhcpv4.md sections 4.2 and 4.4).
#pragma once

#include "base/bytes.hpp"
#include "dhcp/transaction.hpp"
#include "settings/dhcp_matching.hpp"

namespace swapmasq::dhcp {

void add_matching_tags(Transaction& t, const settings::DhcpMatching& matching);

// The tags of the lines about relays, by the content of option 82.
void add_agent_tags(TagSet& tags, ByteView information, const settings::DhcpMatching& matching);

// Option 77 as text to search in: the lengths of well-formed RFC 3004 items become zeros.
Bytes user_class_text(ByteView option);

}  // namespace swapmasq::dhcp
