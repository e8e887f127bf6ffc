#include "upstream/source_socket.hpp"

#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace swapmasq::upstream {

namespace asio = boost::asio;

namespace {

constexpr unsigned bind_attempts = 100;
constexpr std::uint16_t small_range = 30;

bool set_option(int fd, int level, int name, int value) {
  return ::setsockopt(fd, level, name, &value, sizeof value) == 0;
}

bool bind_to(int fd, const IpAddress& address, std::uint16_t port) {
  const auto local = to_asio({address, port, 0});
  return ::bind(fd, local.data(), static_cast<socklen_t>(local.size())) == 0;
}

bool bind_in_range(int fd, const IpAddress& address, std::uint16_t first, std::uint16_t last,
                   const std::function<std::uint32_t()>& random) {
  const std::uint32_t ports = last - first + 1U;
  if (ports < small_range) {
    for (unsigned i = 0; i < ports; ++i)
      if (bind_to(fd, address, static_cast<std::uint16_t>(first + i))) return true;
    return false;
  }
  for (unsigned i = 0; i < bind_attempts; ++i)
    if (bind_to(fd, address, static_cast<std::uint16_t>(first + random() % ports))) return true;
  return false;
}

bool bind_source(int fd, int family, int type, const dns::UpstreamSource& source,
                 const std::function<std::uint32_t()>& random) {
  if (family == AF_INET6 && !set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1)) return false;
  if (!source.interface.empty() && ::setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, source.interface.c_str(),
                                                static_cast<socklen_t>(source.interface.size())) != 0)
    return false;
  const IpAddress any = family == AF_INET ? IpAddress{Ipv4{}} : IpAddress{Ipv6{}};
  const auto address = source.address.value_or(any);
  if (source.port) {
    // Sockets to different servers share the port; connecting them tells their replies apart.
    return set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1) && bind_to(fd, address, *source.port);
  }
  if (source.min_port != 0 && type == SOCK_DGRAM)
    return bind_in_range(fd, address, source.min_port, source.max_port, random);
  return !source.address || bind_to(fd, address, 0);
}

}  // namespace

asio::ip::udp::endpoint to_asio(const Endpoint& endpoint) {
  const auto& address = endpoint.address;
  if (address.is_v4()) return {asio::ip::address_v4{address.v4().value}, endpoint.port};
  return {asio::ip::address_v6{address.v6().octets, endpoint.scope_id}, endpoint.port};
}

int open_source_socket(int family, int type, int protocol, const dns::UpstreamSource& source,
                       const std::function<std::uint32_t()>& random) {
  const int fd = ::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
  if (fd < 0 || bind_source(fd, family, type, source, random)) return fd;
  const int why = errno;
  ::close(fd);
  errno = why;
  return -1;
}

}  // namespace swapmasq::upstream
