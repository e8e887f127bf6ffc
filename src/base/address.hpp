// IP addresses, endpoints and link-layer addresses as values. Text forms follow inet_pton(3) and RFC 5952.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/bytes.hpp"

namespace swapmasq {

// An IPv4 address; `value` is in host order, so ranges and masks are plain arithmetic.
struct Ipv4 {
  std::uint32_t value = 0;

  static std::optional<Ipv4> parse(std::string_view text);  // strict dotted quad
  static constexpr Ipv4 from_octets(std::array<std::uint8_t, 4> o) {
    return {(std::uint32_t{o[0]} << 24) | (std::uint32_t{o[1]} << 16) | (std::uint32_t{o[2]} << 8) | o[3]};
  }
  // Mask with `length` leading ones; lengths above 32 count as 32.
  static constexpr Ipv4 netmask(unsigned length) {
    return {length == 0 ? 0 : length >= 32 ? 0xffffffffU : ~(0xffffffffU >> length)};
  }

  constexpr std::array<std::uint8_t, 4> octets() const {
    return {static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16),
            static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
  }
  std::string to_string() const;
  constexpr bool unspecified() const { return value == 0; }
  constexpr bool same_subnet(Ipv4 other, Ipv4 mask) const { return (value & mask.value) == (other.value & mask.value); }

  constexpr auto operator<=>(const Ipv4&) const = default;
};

struct Ipv6 {
  std::array<std::uint8_t, 16> octets{};

  static std::optional<Ipv6> parse(std::string_view text);  // no scope, no brackets
  std::string to_string() const;
  bool unspecified() const { return *this == Ipv6{}; }
  bool link_local() const { return octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80; }

  auto operator<=>(const Ipv6&) const = default;
};

struct IpAddress : std::variant<Ipv4, Ipv6> {
  using variant::variant;

  static std::optional<IpAddress> parse(std::string_view text);
  std::string to_string() const;
  bool is_v4() const { return index() == 0; }
  Ipv4 v4() const { return std::get<Ipv4>(*this); }
  const Ipv6& v6() const { return std::get<Ipv6>(*this); }
  bool unspecified() const;
  // True when the first `length` bits agree; addresses of different families never match.
  bool in_prefix(const IpAddress& prefix, unsigned length) const;
};

// Address, UDP or TCP port in host order, and for link-local IPv6 the interface index (0: none).
struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;
  std::uint32_t scope_id = 0;

  auto operator<=>(const Endpoint&) const = default;
};

// A link-layer address with its ARP hardware type (RFC 826; 1 = Ethernet), at most 16 octets as in BOOTP's chaddr.
struct HardwareAddress {
  std::uint8_t type = 1;
  std::uint8_t length = 0;
  std::array<std::uint8_t, 16> octets{};

  // Octets beyond the sixteenth are left out.
  static HardwareAddress from(std::uint8_t type, ByteView bytes);

  ByteView bytes() const { return ByteView{octets}.first(length); }
  std::string to_string() const { return to_hex(bytes()); }

  auto operator<=>(const HardwareAddress&) const = default;
};

}  // namespace swapmasq

template <>
struct std::hash<swapmasq::Ipv4> {
  std::size_t operator()(swapmasq::Ipv4 a) const noexcept { return std::hash<std::uint32_t>{}(a.value); }
};

template <>
struct std::hash<swapmasq::Ipv6> {
  std::size_t operator()(const swapmasq::Ipv6& a) const noexcept;
};

template <>
struct std::hash<swapmasq::IpAddress> {
  std::size_t operator()(const swapmasq::IpAddress& a) const noexcept;
};

template <>
struct std::hash<swapmasq::Endpoint> {
  std::size_t operator()(const swapmasq::Endpoint& e) const noexcept;
};
