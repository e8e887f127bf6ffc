// What a relay says about the client in option 82 (RFC 3046).
#pragma once

#include <cstdint>
#include <optional>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "wire/dhcp4_message.hpp"
#include "wire/reader.hpp"

namespace swapmasq::dhcp {

// Sub-options of RFC 3046, 3527, 3993, 5010 and 5107
namespace agent {
inline constexpr std::uint8_t circuit_id = 1, remote_id = 2, link_selection = 5, subscriber_id = 6, flags = 10,
                              server_id_override = 11;
}

// Empty without option 82.
inline ByteView agent_information(const wire::Dhcp4Message& message) {
  return message.option(wire::dhcp4::agent_information, 1).value_or(ByteView{});
}

inline std::optional<Ipv4> agent_address(ByteView information, std::uint8_t code) {
  const auto data = wire::find_dhcp4_option(information, code, 4);
  return data ? wire::Reader{*data}.ipv4() : std::nullopt;
}

}  // namespace swapmasq::dhcp
