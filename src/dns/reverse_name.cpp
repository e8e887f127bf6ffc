#include "dns/reverse_name.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace swapmasq::dns {

namespace {

using wire::WireName;

constexpr std::string_view digits = "0123456789abcdef";  // names are in lower case

// Labels from the last to the first, at most `limit`; more make the name no address.
std::optional<std::vector<std::string_view>> labels_below(WireName name, WireName zone, std::size_t limit) {
  if (!wire::is_within(name, zone)) return std::nullopt;
  std::vector<std::string_view> labels;
  for (; name.size() > zone.size(); name = wire::parent(name)) {
    if (labels.size() == limit) return std::nullopt;
    labels.push_back(name.substr(1, static_cast<std::uint8_t>(name.front())));
  }
  if (labels.empty()) return std::nullopt;
  std::reverse(labels.begin(), labels.end());
  return labels;
}

std::optional<unsigned> number(std::string_view text, unsigned base, unsigned limit) {
  if (text.empty()) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    const auto digit = digits.find(c);
    if (digit >= base) return std::nullopt;
    value = value * base + static_cast<unsigned>(digit);
    if (value > limit) return std::nullopt;
  }
  return value;
}

std::optional<IpAddress> ipv4(WireName name, WireName zone) {
  const auto labels = labels_below(name, zone, 4);
  if (!labels) return std::nullopt;
  std::array<std::uint8_t, 4> octets{};
  for (std::size_t i = 0; i < labels->size(); ++i) {
    const auto octet = number((*labels)[i], 10, 255);
    if (!octet) return std::nullopt;
    octets.at(i) = static_cast<std::uint8_t>(*octet);
  }
  return Ipv4::from_octets(octets);
}

std::optional<IpAddress> ipv6(WireName name, WireName zone) {
  const auto labels = labels_below(name, zone, 32);
  if (!labels) return std::nullopt;
  Ipv6 address;
  for (std::size_t i = 0; i < labels->size(); ++i) {
    const auto nibble = (*labels)[i].size() == 1 ? number((*labels)[i], 16, 15) : std::nullopt;
    if (!nibble) return std::nullopt;
    auto& octet = address.octets.at(i / 2);
    octet = static_cast<std::uint8_t>(octet | (i % 2 == 0 ? *nibble << 4 : *nibble));
  }
  return address;
}

}  // namespace

std::optional<IpAddress> address_of_reverse_name(WireName name) {
  static const auto in_addr = *wire::DnsName::from_text("in-addr.arpa");
  static const auto ip6_arpa = *wire::DnsName::from_text("ip6.arpa");
  static const auto ip6_int = *wire::DnsName::from_text("ip6.int");
  if (const auto v4 = ipv4(name, in_addr.wire())) return v4;
  if (const auto v6 = ipv6(name, ip6_arpa.wire())) return v6;
  return ipv6(name, ip6_int.wire());
}

}  // namespace swapmasq::dns
