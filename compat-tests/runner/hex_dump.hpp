// Octets as the recordings show them.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace swapmasq::compat {

// Lines of 32 octets with their offset, each after `indent`; a run of lines of zeros shows as one `*`.
std::string hex_dump(ByteView octets, std::string_view indent);

// Pairs of hexadecimal digits, with or without blanks or colons between them; throws std::runtime_error on others.
Bytes parse_hex(std::string_view text);

}  // namespace swapmasq::compat
