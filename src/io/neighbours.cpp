#include "io/neighbours.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <linux/neighbour.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if_arp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "base/bytes.hpp"
#include "io/descriptor.hpp"
#include "io/socket_address.hpp"

namespace swapmasq::io {

namespace {

// One attribute behind a netlink header, or nothing.
std::optional<ByteView> attribute(ByteView attributes, std::uint16_t type) {
  while (attributes.size() >= sizeof(rtattr)) {
    rtattr head{};
    std::memcpy(&head, attributes.data(), sizeof head);
    if (head.rta_len < sizeof head || head.rta_len > attributes.size()) return std::nullopt;
    if (head.rta_type == type) return attributes.subspan(sizeof head, head.rta_len - sizeof head);
    attributes = attributes.subspan(std::min<std::size_t>(RTA_ALIGN(head.rta_len), attributes.size()));
  }
  return std::nullopt;
}

std::optional<IpAddress> address_of(ByteView octets) {
  std::array<std::uint8_t, 4> v4{};
  Ipv6 v6;
  if (octets.size() == v4.size()) {
    std::ranges::copy(octets, v4.begin());
    return Ipv4::from_octets(v4);
  }
  if (octets.size() != v6.octets.size()) return std::nullopt;
  std::ranges::copy(octets, v6.octets.begin());
  return v6;
}

// Nothing for entries without a hardware address that was seen.
std::optional<Neighbour> read_neighbour(ByteView message) {
  ndmsg body{};
  std::memcpy(&body, message.data() + NLMSG_HDRLEN, sizeof body);
  const auto attributes = message.subspan(NLMSG_LENGTH(sizeof(ndmsg)));
  const auto protocol = attribute(attributes, NDA_DST);
  const auto link = attribute(attributes, NDA_LLADDR);
  if (!protocol || !link || (body.ndm_state & (NUD_NOARP | NUD_INCOMPLETE | NUD_FAILED)) != 0) return std::nullopt;
  const auto address = address_of(*protocol);
  if (!address) return std::nullopt;
  return Neighbour{*address, HardwareAddress::from(ARPHRD_ETHER, *link), static_cast<unsigned>(body.ndm_ifindex)};
}

}  // namespace

int add_neighbour(int socket, const std::string& interface, Ipv4 address, const HardwareAddress& hardware) {
  arpreq request{};
  const SocketAddress protocol{{.address = address}};
  std::memcpy(&request.arp_pa, &protocol.storage, sizeof request.arp_pa);
  request.arp_ha.sa_family = hardware.type;
  const auto octets = hardware.bytes();
  std::memcpy(request.arp_ha.sa_data, octets.data(), std::min(octets.size(), sizeof request.arp_ha.sa_data));
  interface.copy(std::begin(request.arp_dev), sizeof request.arp_dev - 1);
  request.arp_flags = ATF_COM;
  return ioctl(socket, SIOCSARP, &request) == 0 ? 0 : errno;
}

std::vector<Neighbour> neighbours() {
  std::vector<Neighbour> all;
  const Descriptor netlink{::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE)};
  if (!netlink) return all;
  struct {
    nlmsghdr header;
    ndmsg body;
  } request{};
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = RTM_GETNEIGH;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  if (::send(netlink.get(), &request, sizeof request, 0) < 0) return all;
  std::array<std::uint8_t, 16384> buffer{};
  for (;;) {
    const auto got = ::recv(netlink.get(), buffer.data(), buffer.size(), 0);
    if (got <= 0) return all;
    auto messages = ByteView{buffer}.first(static_cast<std::size_t>(got));
    while (messages.size() >= sizeof(nlmsghdr)) {
      nlmsghdr header{};
      std::memcpy(&header, messages.data(), sizeof header);
      if (header.nlmsg_type == NLMSG_DONE || header.nlmsg_type == NLMSG_ERROR) return all;
      if (header.nlmsg_len < NLMSG_LENGTH(sizeof(ndmsg)) || header.nlmsg_len > messages.size()) return all;
      if (const auto neighbour = read_neighbour(messages.first(header.nlmsg_len))) all.push_back(*neighbour);
      messages = messages.subspan(std::min<std::size_t>(NLMSG_ALIGN(header.nlmsg_len), messages.size()));
    }
  }
}

}  // namespace swapmasq::io
