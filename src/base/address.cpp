#include "base/address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace swapmasq {

namespace {

// inet_pton wants a terminated text; longer than any address means no address.
template <std::size_t Size>
bool text_to_octets(int family, std::string_view text, std::array<std::uint8_t, Size>& octets) {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  if (text.size() >= buffer.size()) return false;
  std::copy(text.begin(), text.end(), buffer.begin());
  return inet_pton(family, buffer.data(), octets.data()) == 1;
}

template <std::size_t Size>
std::string octets_to_text(int family, const std::array<std::uint8_t, Size>& octets) {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  return inet_ntop(family, octets.data(), buffer.data(), buffer.size());
}

template <std::size_t Size>
bool same_prefix(const std::array<std::uint8_t, Size>& a, const std::array<std::uint8_t, Size>& b, unsigned length) {
  const std::size_t whole = std::min<std::size_t>(length / 8, Size);
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
  const unsigned rest = length % 8;
  return rest == 0 || whole == Size || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

std::size_t mix(std::size_t seed, std::size_t value) {
  return seed ^ (value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2));
}

}  // namespace

std::optional<Ipv4> Ipv4::parse(std::string_view text) {
  std::array<std::uint8_t, 4> octets{};
  if (!text_to_octets(AF_INET, text, octets)) return std::nullopt;
  return from_octets(octets);
}

std::string Ipv4::to_string() const {
  std::array<char, INET_ADDRSTRLEN> text{};
  auto* end = text.begin();
  for (const auto octet : octets()) {
    if (end != text.begin()) *end++ = '.';
    end = std::to_chars(end, text.end(), octet).ptr;
  }
  return {text.begin(), end};
}

std::optional<Ipv6> Ipv6::parse(std::string_view text) {
  Ipv6 address;
  if (!text_to_octets(AF_INET6, text, address.octets)) return std::nullopt;
  return address;
}

std::string Ipv6::to_string() const { return octets_to_text(AF_INET6, octets); }

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  if (const auto v4 = Ipv4::parse(text)) return IpAddress{*v4};
  if (const auto v6 = Ipv6::parse(text)) return IpAddress{*v6};
  return std::nullopt;
}

std::string IpAddress::to_string() const { return is_v4() ? v4().to_string() : v6().to_string(); }

bool IpAddress::unspecified() const { return is_v4() ? v4().unspecified() : v6().unspecified(); }

bool IpAddress::in_prefix(const IpAddress& prefix, unsigned length) const {
  if (index() != prefix.index()) return false;
  return is_v4() ? same_prefix(v4().octets(), prefix.v4().octets(), length)
                 : same_prefix(v6().octets, prefix.v6().octets, length);
}

HardwareAddress HardwareAddress::from(std::uint8_t type, ByteView bytes) {
  HardwareAddress address;
  address.type = type;
  const auto kept = bytes.first(std::min(bytes.size(), address.octets.size()));
  address.length = static_cast<std::uint8_t>(kept.size());
  std::copy(kept.begin(), kept.end(), address.octets.begin());
  return address;
}

}  // namespace swapmasq

std::size_t std::hash<swapmasq::Ipv6>::operator()(const swapmasq::Ipv6& a) const noexcept {
  std::size_t seed = 0;
  for (const auto octet : a.octets) seed = swapmasq::mix(seed, octet);
  return seed;
}

std::size_t std::hash<swapmasq::IpAddress>::operator()(const swapmasq::IpAddress& a) const noexcept {
  return a.is_v4() ? std::hash<swapmasq::Ipv4>{}(a.v4()) : std::hash<swapmasq::Ipv6>{}(a.v6());
}

std::size_t std::hash<swapmasq::Endpoint>::operator()(const swapmasq::Endpoint& e) const noexcept {
  return swapmasq::mix(swapmasq::mix(std::hash<swapmasq::IpAddress>{}(e.address), e.port), e.scope_id);
}
