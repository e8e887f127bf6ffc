// Lines about dumpfile (spec integrations.md section 5).
#pragma once

#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <string_view>

#include "log/line.hpp"

namespace swapmasq::log {

inline Line dumping_packet(std::optional<std::uint32_t> serial, std::uint64_t number, std::uint16_t mask) {
  return {Priority::info, Subsystem::core,
          fmt::format("{}dumping packet {} mask 0x{:04x}", serial ? fmt::format("{} ", *serial) : "", number, mask)};
}
inline Line failed_to_write_packet_dump() { return {Priority::error, Subsystem::core, "failed to write packet dump"}; }

}  // namespace swapmasq::log
