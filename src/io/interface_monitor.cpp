#include "io/interface_monitor.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <ifaddrs.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <memory>
#include <net/if.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <optional>
#include <string>
#include <string_view>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "base/startup_error.hpp"
#include "io/socket_address.hpp"

namespace swapmasq::io {

namespace {

// getifaddrs does not say how long its addresses are.
std::optional<Endpoint> endpoint_of(const sockaddr* address) {
  if (!address) return std::nullopt;
  return to_endpoint(address, address->sa_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6));
}

unsigned prefix_length(const sockaddr* mask) {
  const auto endpoint = endpoint_of(mask);
  if (!endpoint) return 0;
  if (endpoint->address.is_v4()) return static_cast<unsigned>(std::popcount(endpoint->address.v4().value));
  unsigned bits = 0;
  for (const auto octet : endpoint->address.v6().octets) bits += static_cast<unsigned>(std::popcount(octet));
  return bits;
}

unsigned interface_mtu(int fd, const std::string& name) {
  ifreq request{};
  name.copy(std::begin(request.ifr_name), IFNAMSIZ - 1);
  return ioctl(fd, SIOCGIFMTU, &request) == 0 ? static_cast<unsigned>(request.ifr_mtu) : 0;
}

// The kernel's own name of an address' interface: an IPv4 label is "eth0:1".
std::string without_label(const std::string& label) { return label.substr(0, label.find(':')); }

// Where the kernel says what getifaddrs leaves out about IPv6 addresses.
constexpr auto ipv6_addresses = "/proc/net/if_inet6";

std::optional<Ipv6> address_from_hex(std::string_view digits) {
  Ipv6 address;
  if (digits.size() != 2 * address.octets.size()) return std::nullopt;
  for (auto& octet : address.octets) {
    if (std::from_chars(digits.begin(), digits.begin() + 2, octet, 16).ec != std::errc{}) return std::nullopt;
    digits.remove_prefix(2);
  }
  return address;
}

// Each line: address, interface index, prefix length, scope, flags, all in hexadecimal, and the interface's name.
void mark_ipv6_states(net::Interfaces& interfaces) {
  std::ifstream file{ipv6_addresses};
  std::string digits;
  std::string name;
  unsigned index = 0;
  unsigned length = 0;
  unsigned scope = 0;
  unsigned flags = 0;
  while (file >> digits >> std::hex >> index >> length >> scope >> flags >> name) {
    const auto address = address_from_hex(digits);
    const auto interface = std::ranges::find(interfaces, index, &net::Interface::index);
    if (!address || interface == interfaces.end()) continue;
    const auto own = std::ranges::find(interface->addresses, IpAddress{*address}, &net::InterfaceAddress::address);
    if (own == interface->addresses.end()) continue;
    own->tentative = (flags & IFA_F_TENTATIVE) != 0;
    own->temporary = (flags & IFA_F_TEMPORARY) != 0;
    own->deprecated = (flags & IFA_F_DEPRECATED) != 0;
  }
}

}  // namespace

InterfaceMonitor::InterfaceMonitor()
    : netlink_(::socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE)) {
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
  const void* generic = &address;
  if (!netlink_ || ::bind(netlink_.get(), static_cast<const sockaddr*>(generic), sizeof address) != 0) {
    throw StartupError(ExitCode::other, fmt::format("cannot create netlink socket: {}", strerror(errno)));
  }
  snapshot_ = std::make_shared<const net::Interfaces>(read_interfaces());
}

std::shared_ptr<const net::Interfaces> InterfaceMonitor::current() {
  if (changed()) snapshot_ = std::make_shared<const net::Interfaces>(read_interfaces());
  return snapshot_;
}

bool InterfaceMonitor::changed() {
  char notice = 0;  // what it says is not looked at
  bool any = false;
  for (;;) {
    const auto got = ::recv(netlink_.get(), &notice, sizeof notice, MSG_DONTWAIT);
    // ENOBUFS: notices were lost, so something changed.
    if (got > 0 || (got < 0 && errno == ENOBUFS)) {
      any = true;
    } else if (errno != EINTR) {
      return any;
    }
  }
}

net::Interfaces read_interfaces() {
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) {
    throw StartupError(ExitCode::other, fmt::format("failed to find list of interfaces: {}", strerror(errno)));
  }
  const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> owner{list, freeifaddrs};
  const Descriptor probe{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
  net::Interfaces interfaces;
  for (const auto* entry = list; entry; entry = entry->ifa_next) {
    if (!entry->ifa_addr) continue;
    const std::string label = entry->ifa_name;
    if (entry->ifa_addr->sa_family == AF_PACKET) {
      sockaddr_ll link{};
      std::memcpy(&link, entry->ifa_addr, sizeof link);
      const std::size_t length = std::min<std::size_t>(link.sll_halen, sizeof link.sll_addr);
      interfaces.push_back({.index = static_cast<unsigned>(link.sll_ifindex),
                            .name = label,
                            .loopback = (entry->ifa_flags & IFF_LOOPBACK) != 0,
                            .mtu = interface_mtu(probe.get(), label),
                            .hardware = HardwareAddress::from(static_cast<std::uint8_t>(link.sll_hatype),
                                                              ByteView{link.sll_addr}.first(length))});
      continue;
    }
    const auto name = without_label(label);
    const auto interface =
        std::find_if(interfaces.begin(), interfaces.end(), [&](const auto& i) { return i.name == name; });
    const auto endpoint = endpoint_of(entry->ifa_addr);
    if (interface == interfaces.end() || !endpoint) continue;
    net::InterfaceAddress address{
        .address = endpoint->address, .prefix_length = prefix_length(entry->ifa_netmask), .label = label};
    if (endpoint->address.is_v4() && (entry->ifa_flags & IFF_BROADCAST) != 0 && entry->ifa_broadaddr) {
      // Without one, the address itself stands there.
      const auto broadcast = endpoint_of(entry->ifa_broadaddr);
      if (broadcast && broadcast->address != endpoint->address) address.broadcast = broadcast->address.v4();
    }
    interface->addresses.push_back(std::move(address));
  }
  mark_ipv6_states(interfaces);
  return interfaces;
}

}  // namespace swapmasq::io
