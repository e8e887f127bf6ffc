// What a transfer goes by after the client's options were looked at (spec tftp.md sections 4 and 6).
#pragma once

#include <cstddef>
#include <cstdint>

#include "settings/tftp.hpp"
#include "wire/tftp_packet.hpp"

namespace swapmasq::tftp {

// What bounds the options from outside of the request.
struct Bounds {
  bool ipv4 = true;
  std::uint32_t interface_mtu = 0;  // octets; 0: not known
  std::uint16_t edns_packet_max = 1232;
  std::uint64_t file_size = 0;
};

struct Agreement {
  std::size_t block_size = 512;  // octets
  std::uint32_t window = 1;      // blocks
  std::uint32_t timeout = 2;     // seconds
  wire::TftpOptions acknowledged;

  bool has_options() const { return acknowledged != wire::TftpOptions{}; }
};

Agreement agree(const wire::TftpReadRequest& request, const settings::Tftp& settings, const Bounds& bounds);

}  // namespace swapmasq::tftp
