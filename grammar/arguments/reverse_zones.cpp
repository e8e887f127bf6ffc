#include "grammar/arguments/reverse_zones.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <utility>

namespace swapmasq::grammar {
namespace {

// The labels of an address, most significant first: octets or nibbles.
std::vector<unsigned> labels_of(const IpAddress& address) {
  std::vector<unsigned> labels;
  if (address.is_v4()) {
    for (const std::uint8_t octet : address.v4().octets()) labels.push_back(octet);
    return labels;
  }
  for (const std::uint8_t octet : address.v6().octets) {
    labels.push_back(octet >> 4U);
    labels.push_back(octet & 0xfU);
  }
  return labels;
}

}  // namespace

std::vector<std::string> reverse_zones(const Prefix& prefix) {
  const bool v4 = prefix.address.is_v4();
  const unsigned bits_per_label = v4 ? 8 : 4;
  const auto labels = labels_of(first_of(prefix));
  const unsigned whole = (prefix.length + bits_per_label - 1) / bits_per_label;  // labels that are written
  const unsigned free_bits = whole * bits_per_label - prefix.length;
  std::vector<std::string> zones;
  for (unsigned variant = 0; variant < 1U << free_bits; ++variant) {
    std::string zone = v4 ? "in-addr.arpa" : "ip6.arpa";
    for (unsigned i = 0; i < whole; ++i) {
      const unsigned label = labels.at(i) + (i + 1 == whole ? variant : 0);
      zone = v4 ? fmt::format("{}.{}", label, zone) : fmt::format("{:x}.{}", label, zone);
    }
    zones.push_back(std::move(zone));
  }
  return zones;
}

}  // namespace swapmasq::grammar
