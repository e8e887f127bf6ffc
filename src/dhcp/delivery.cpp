#include "dhcp/delivery.hpp"

namespace swapmasq::dhcp {
namespace {

// What fits into the kernel's neighbour table through this interface.
constexpr std::uint8_t longest_arp_address = 14;

}  // namespace

void deliver_on_link(Send& send, const wire::Dhcp4Header& header, unsigned interface, std::uint16_t client_port) {
  send.egress_interface = interface;
  send.port = client_port;
  const bool broadcast = (header.flags & wire::dhcp4::broadcast_flag) != 0;
  if (broadcast || header.hlen == 0 || header.hlen > longest_arp_address || header.htype == 0) {
    send.destination = limited_broadcast;
    return;
  }
  send.destination = header.yiaddr;
  send.neighbour = Send::Neighbour{header.yiaddr, header.hardware()};
}

}  // namespace swapmasq::dhcp
