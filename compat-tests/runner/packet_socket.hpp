// Whole Ethernet frames on the clients' side of a link: DHCP needs them both ways. Requests come from addresses that
// the client does not have yet, and where a reply goes on the wire (RFC 2131 section 4.1) is part of its meaning.
#pragma once

#include <optional>

#include "network.hpp"

namespace swapmasq::compat {

struct UdpFrame {
  MacAddress source_mac{};
  MacAddress destination_mac{};
  std::uint8_t tos = 0;
  Endpoint source;
  Endpoint destination;
  Bytes payload;
};

class PacketSocket {
 public:
  PacketSocket(const Network& network, const Link& link);

  void send(const UdpFrame& frame);
  // The frame that is waiting, when it is unfragmented IPv4 UDP and was sent by the server's side.
  std::optional<UdpFrame> receive();
  const Fd& fd() const { return fd_; }

 private:
  Fd fd_;
};

}  // namespace swapmasq::compat
