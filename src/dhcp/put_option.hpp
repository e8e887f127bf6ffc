// Adds an option to a reply, or tells the log that there is no space for it (spec dhcpv4.md section 10.7).
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "log/dhcp_lines.hpp"
#include "log/line.hpp"
#include "wire/dhcp4_reply.hpp"

namespace swapmasq::dhcp {

// False: there was no room, which is told.
inline bool put_option(wire::Dhcp4Reply& reply, std::uint32_t code, ByteView data, log::Log& log) {
  const bool added = reply.add(static_cast<std::uint8_t>(code), data);
  if (!added) log.write(log::dhcp_no_space(code));
  return added;
}

inline void put_text(wire::Dhcp4Reply& reply, std::uint32_t code, std::string_view text, bool nul_terminated,
                     log::Log& log) {
  auto data = to_bytes(text);
  if (nul_terminated) data.push_back(0);
  put_option(reply, code, data, log);
}

}  // namespace swapmasq::dhcp
