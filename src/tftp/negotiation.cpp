#include "tftp/negotiation.hpp"

#include <algorithm>

namespace swapmasq::tftp {

namespace {

constexpr std::uint32_t largest_window = 32;
constexpr std::uint32_t largest_timeout = 255;

// IP and UDP headers and the DATA header.
constexpr std::uint32_t ipv4_overhead = 32;
constexpr std::uint32_t ipv6_overhead = 52;

// dnsmasq's DATA packets share the buffer of DNS messages, whose size follows edns-packet-max.
std::uint32_t packet_buffer(std::uint16_t edns_packet_max) {
  return std::max<std::uint32_t>(edns_packet_max, 512) + 265;
}

std::uint32_t clamped_block_size(std::uint32_t wanted, const settings::Tftp& settings, const Bounds& bounds) {
  auto size = std::min(wanted, packet_buffer(bounds.edns_packet_max) - 4);
  auto mtu = bounds.interface_mtu;
  if (settings.mtu && (mtu == 0 || *settings.mtu < mtu)) mtu = *settings.mtu;
  const auto overhead = bounds.ipv4 ? ipv4_overhead : ipv6_overhead;
  if (mtu > overhead) size = std::min(size, mtu - overhead);
  return std::max<std::uint32_t>(size, 1);
}

}  // namespace

Agreement agree(const wire::TftpReadRequest& request, const settings::Tftp& settings, const Bounds& bounds) {
  const auto& asked = request.options;
  const bool octet = request.mode == wire::TftpMode::octet;
  Agreement agreement;
  auto& acknowledged = agreement.acknowledged;
  if (asked.blksize && !settings.no_blocksize) {
    acknowledged.blksize = clamped_block_size(*asked.blksize, settings, bounds);
    agreement.block_size = *acknowledged.blksize;
  }
  if (asked.tsize && octet) acknowledged.tsize = static_cast<std::uint32_t>(bounds.file_size);
  if (asked.timeout) {
    acknowledged.timeout = std::min(*asked.timeout, largest_timeout);
    agreement.timeout = *acknowledged.timeout;
  }
  if (asked.windowsize && octet) {
    acknowledged.windowsize = std::clamp<std::uint32_t>(*asked.windowsize, 1, largest_window);
    agreement.window = *acknowledged.windowsize;
  }
  return agreement;
}

}  // namespace swapmasq::tftp
