#include "base/private_ranges.hpp"

#include <algorithm>
#include <array>

namespace swapmasq {

namespace {

struct Range4 {
  std::uint32_t prefix;
  unsigned length;
};

constexpr std::array this_host4{Range4{0x00000000, 8}, Range4{0x7f000000, 8}};
constexpr std::array elsewhere4{
    Range4{0x0a000000, 8},   // RFC 1918
    Range4{0x64400000, 10},  // RFC 6598
    Range4{0xac100000, 12},  // RFC 1918
    Range4{0xc0a80000, 16},  // RFC 1918
    Range4{0xa9fe0000, 16},  // RFC 3927
    Range4{0xc0000200, 24},  // RFC 5737
    Range4{0xc6336400, 24},  // RFC 5737
    Range4{0xcb007100, 24},  // RFC 5737
    Range4{0xffffffff, 32},
};

struct Range6 {
  std::array<std::uint8_t, 16> prefix;
  unsigned length;
};

constexpr std::array elsewhere6{
    Range6{{0xfe, 0x80}, 10},              // link-local
    Range6{{0xfe, 0xc0}, 10},              // site-local
    Range6{{0xfc}, 7},                     // RFC 4193
    Range6{{0x20, 0x01, 0x0d, 0xb8}, 32},  // RFC 3849
};
constexpr std::array<std::uint8_t, 16> mapped4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::array<std::uint8_t, 16> loopback6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

bool is_private(Ipv4 address, Loopback loopback) {
  const auto holds = [&](const Range4& range) {
    return address.same_subnet({range.prefix}, Ipv4::netmask(range.length));
  };
  return (loopback == Loopback::counts && std::any_of(this_host4.begin(), this_host4.end(), holds)) ||
         std::any_of(elsewhere4.begin(), elsewhere4.end(), holds);
}

}  // namespace

bool is_private(const IpAddress& address, Loopback loopback) {
  if (address.is_v4()) return is_private(address.v4(), loopback);
  const auto& octets = address.v6().octets;
  if (address.in_prefix(Ipv6{mapped4}, 96)) {
    return is_private(Ipv4::from_octets({octets[12], octets[13], octets[14], octets[15]}), loopback);
  }
  if (address.unspecified() || octets == loopback6) return loopback == Loopback::counts;
  return std::any_of(elsewhere6.begin(), elsewhere6.end(),
                     [&](const Range6& range) { return address.in_prefix(Ipv6{range.prefix}, range.length); });
}

}  // namespace swapmasq
