// The value types that many arguments share (spec config-language.md section 8). Texts are in protected form.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"
#include "settings/dhcp.hpp"
#include "settings/tags.hpp"

namespace swapmasq::grammar {

// The refusal of an argument; an empty message is the unspecific one.
inline tl::unexpected<std::string> refused(std::string message) {
  return tl::unexpected<std::string>(std::move(message));
}

inline constexpr settings::LeaseTime shortest_lease = 120;  // shorter ones are raised to it
inline constexpr std::size_t longest_interface_name = 15;   // octets, as the kernel has it

// Words that differ at most in the case of ASCII letters.
bool same_word(std::string_view a, std::string_view b);

// uint: digits only, no digit at all is 0; values from 2^31 on wrap as in a signed 32-bit number.
std::optional<std::int32_t> number(std::string_view text);
// The same, limited to 0..65535 after wrapping.
std::optional<std::uint16_t> number16(std::string_view text);

// The same, into a member: 32 bits take any number, fewer bits only numbers that fit. False: it is none.
bool assign_number(std::string_view text, std::uint32_t& value);
bool assign_number(std::string_view text, std::uint16_t& value);
bool assign_number(std::string_view text, std::uint8_t& value);
template <typename Number>
bool assign_number(std::string_view text, std::optional<Number>& value) {
  Number read{};
  const bool is_number = assign_number(text, read);
  if (is_number) value = read;
  return is_number;
}

// True 32-bit numbers: at least one digit, no wrapping; false when it is none. The text is not in protected form.
bool assign_uint32(std::string_view text, std::uint32_t& value);

// A number as atoi(3) reads it: leading spaces, a sign, and digits up to the first other character; else 0.
std::int32_t lenient_number(std::string_view text);

// Digits and at most one unit of "smhdw" in any case, or "infinite"; at least 120 s. Quoted digits are none.
std::optional<settings::LeaseTime> lease_time(std::string_view text);
// What a unit letter multiplies by: "smhdw" in any case.
std::optional<std::uint32_t> time_unit(char c);

// Name and negation of a tag that is tested, without its `tag:` prefix: "x", "!x", or "#x" as older versions wrote it.
settings::TagTest tag_test(std::string_view text);

// Octets separated by ':', '-' or space; groups of more than two digits are cut into octets from the left. Nothing when
// there is any other character.
std::optional<Bytes> hex_string(std::string_view text);

// The same, where an octet may be "*".
std::optional<std::vector<std::optional<std::uint8_t>>> hex_octets(std::string_view text,
                                                                   std::size_t most = std::string_view::npos);

// hex_octets of at most 16 octets (more are dropped), after an optional "<hex type>-".
std::optional<settings::HardwarePattern> hardware_pattern(std::string_view text);

struct Prefix {
  IpAddress address;
  unsigned length = 0;
};

// 32 or 128
unsigned address_bits(const IpAddress& address);
// The first and the last address with these leading bits.
IpAddress first_of(const Prefix& prefix);
IpAddress last_of(const Prefix& prefix);

}  // namespace swapmasq::grammar
