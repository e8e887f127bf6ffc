// Numbers of the DNS by name (IANA "DNS Parameters"): those that the code speaks of, and the mnemonics of all for the
// log.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace swapmasq::wire {

namespace dns_type {
inline constexpr std::uint16_t a = 1;
inline constexpr std::uint16_t ns = 2;
inline constexpr std::uint16_t cname = 5;
inline constexpr std::uint16_t soa = 6;
inline constexpr std::uint16_t ptr = 12;
inline constexpr std::uint16_t mx = 15;
inline constexpr std::uint16_t txt = 16;
inline constexpr std::uint16_t aaaa = 28;
inline constexpr std::uint16_t srv = 33;
inline constexpr std::uint16_t naptr = 35;
inline constexpr std::uint16_t opt = 41;
inline constexpr std::uint16_t ds = 43;
inline constexpr std::uint16_t dnskey = 48;
inline constexpr std::uint16_t tkey = 249;
inline constexpr std::uint16_t tsig = 250;
inline constexpr std::uint16_t mailb = 253;
inline constexpr std::uint16_t any = 255;
inline constexpr std::uint16_t caa = 257;
}  // namespace dns_type

namespace dns_class {
inline constexpr std::uint16_t in = 1;
inline constexpr std::uint16_t chaos = 3;
}  // namespace dns_class

namespace dns_rcode {
inline constexpr std::uint16_t no_error = 0;
inline constexpr std::uint16_t format_error = 1;
inline constexpr std::uint16_t server_failure = 2;
inline constexpr std::uint16_t name_error = 3;  // NXDOMAIN
inline constexpr std::uint16_t not_implemented = 4;
inline constexpr std::uint16_t refused = 5;
}  // namespace dns_rcode

// "A", "AAAA", ...; "type=65280" for numbers without a mnemonic.
std::string type_name(std::uint16_t type);

// The number of a mnemonic, in any case.
std::optional<std::uint16_t> type_number(std::string_view mnemonic);

}  // namespace swapmasq::wire
