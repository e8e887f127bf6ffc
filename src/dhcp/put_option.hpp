// Adds an option to a reply, or tells the log that there is no space for it (spec dhcpv4.md section 10.7).
#pragma once

#include <cstdint>

#include "base/bytes.hpp"
#include "log/dhcp_lines.hpp"
#include "log/line.hpp"
#include "wire/dhcp4_reply.hpp"

namespace swapmasq::dhcp {

inline void put_option(wire::Dhcp4Reply& reply, std::uint32_t code, ByteView data, log::Log& log) {
  if (!reply.add(static_cast<std::uint8_t>(code), data)) log.write(log::dhcp_no_space(code));
}

}  // namespace swapmasq::dhcp
