// Enterprises' own data in options 124 and 125 (RFC 3925), and what the Broadband Forum's TR-069 puts there.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "wire/dhcp4_message.hpp"
#include "wire/reader.hpp"

namespace swapmasq::dhcp {

namespace cpe_wan {
inline constexpr std::uint32_t enterprise = 3561;
inline constexpr std::uint8_t oui = 1, serial = 2, product_class = 3;
}  // namespace cpe_wan

// What follows the number of this enterprise and its length.
inline std::optional<ByteView> enterprise_data(ByteView option, std::uint32_t enterprise) {
  wire::Reader in{option};
  while (const auto number = in.u32()) {
    const auto length = in.u8();
    const auto data = length ? in.bytes(*length) : std::nullopt;
    if (!data) return std::nullopt;
    if (*number == enterprise) return data;
  }
  return std::nullopt;
}

// Nothing from devices that are not the Broadband Forum's.
inline std::optional<ByteView> cpe_wan_data(const wire::Dhcp4Message& message) {
  const auto option = message.option(wire::dhcp4::vendor_identifying, 5);
  return option ? enterprise_data(*option, cpe_wan::enterprise) : std::nullopt;
}

}  // namespace swapmasq::dhcp
