// Views and owners of raw octets. Foreign octets are only ever read through wire::Reader and written through
// wire::Writer; these names say "octets", not "text".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace swapmasq {

using ByteView = std::span<const std::uint8_t>;
using Bytes = std::vector<std::uint8_t>;

// The octets of a text, without a terminator.
Bytes to_bytes(std::string_view text);

// The octets as text, unchanged.
std::string to_text(ByteView bytes);

// Only the printable ASCII octets, the others left out: how foreign text appears in the log.
std::string printable(ByteView bytes);

// "0a:1b:ff": lower-case pairs joined by `separator`; empty for no octets.
std::string to_hex(ByteView bytes, char separator = ':');

// Reverse of to_hex for ':'-joined pairs of one or two hex digits; nothing when any other character is met.
std::optional<Bytes> from_hex(std::string_view text);

}  // namespace swapmasq
