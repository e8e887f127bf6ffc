// The reverse-lookup domains of a subnet (RFC 1035 section 3.5, RFC 3596 section 2.5).
#pragma once

#include <string>
#include <vector>

#include "grammar/arguments/values.hpp"

namespace swapmasq::grammar {

// One domain when the length ends at a label (8 bits for IPv4, 4 for IPv6), else all domains of the next label that the
// prefix covers. The length must be at least 1 and at most the address's.
std::vector<std::string> reverse_zones(const Prefix& prefix);

}  // namespace swapmasq::grammar
