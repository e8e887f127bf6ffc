// Options inside of options: how they are packed (spec dhcpv4.md sections 10.5 and 10.6).
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.hpp"
#include "log/line.hpp"
#include "wire/dhcp4_reply.hpp"

namespace swapmasq::dhcp {

struct SubOption {
  std::uint8_t code = 0;
  Bytes data;
};
using SubOptions = std::vector<SubOption>;

void append(SubOptions& options, SubOptions more);

// In as many options of this code as they need.
void put_sub_options(wire::Dhcp4Reply& reply, std::uint32_t code, const SubOptions& members, log::Log& log);

// As vendor-identifying information (RFC 3925); left out, with a line in the log, when they do not fit into one option.
void put_enterprise_options(wire::Dhcp4Reply& reply, std::uint32_t enterprise, const SubOptions& members,
                            log::Log& log);

}  // namespace swapmasq::dhcp
