// What changes or restricts forwarded questions and answers (spec config-language.md 9.5, 9.7, 9.8; integrations.md).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "settings/address_prefix.hpp"
#include "settings/domain_pattern.hpp"

namespace swapmasq::settings {

// alias: addresses in first..last, or without `last` those that equal `first` under the mask, become `replacement` with
// the bits outside the mask kept
struct AddressAlias {
  Ipv4 first;
  std::optional<Ipv4> last;
  Ipv4 replacement;
  Ipv4 mask{0xffffffff};
};

// ipset, nftset: answers for these names go into every set. An nftables set is "[4#|6#]family table set" with spaces.
struct SetRule {
  std::vector<DomainPattern> domains;
  std::vector<std::string> sets;
};

// connmark-allowlist
struct ConnmarkAllowlist {
  std::uint32_t mark = 0;
  std::uint32_t mask = 0xffffffff;
  std::vector<std::string> patterns;  // "*" alone: every name
};

// add-mac
enum class AddMac { binary, base64, text };

// add-subnet: what stands for an IPv4 and for an IPv6 client (RFC 7871)
struct AddSubnet {
  struct Part {
    std::optional<IpAddress> address;  // instead of the client's
    std::uint32_t length = 0;
  };

  Part v4;
  Part v6;
};

// umbrella
struct Umbrella {
  std::optional<std::array<std::uint8_t, 8>> device;
  std::uint32_t organisation = 0;  // 0: none
  std::uint32_t asset = 0;         // 0: none
};

// fast-dns-retry
struct FastRetry {
  std::uint32_t first = 1000;   // milliseconds
  std::uint32_t total = 10000;  // milliseconds
};

}  // namespace swapmasq::settings
