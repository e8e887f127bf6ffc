#include "io/socket_address.hpp"

#include <algorithm>
#include <cstring>
#include <netinet/in.h>

namespace swapmasq::io {

SocketAddress::SocketAddress(const Endpoint& endpoint) {
  if (endpoint.address.is_v4()) {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = htons(endpoint.port);
    in.sin_addr.s_addr = htonl(endpoint.address.v4().value);
    length = sizeof in;
    std::memcpy(&storage, &in, sizeof in);
  } else {
    sockaddr_in6 in{};
    in.sin6_family = AF_INET6;
    in.sin6_port = htons(endpoint.port);
    in.sin6_scope_id = endpoint.scope_id;
    const auto& octets = endpoint.address.v6().octets;
    std::copy(octets.begin(), octets.end(), std::begin(in.sin6_addr.s6_addr));
    length = sizeof in;
    std::memcpy(&storage, &in, sizeof in);
  }
}

const sockaddr* SocketAddress::get() const {
  const void* generic = &storage;
  return static_cast<const sockaddr*>(generic);
}

std::optional<Endpoint> to_endpoint(const sockaddr* address, socklen_t length) {
  if (!address) return std::nullopt;
  if (address->sa_family == AF_INET && length >= sizeof(sockaddr_in)) {
    sockaddr_in in{};
    std::memcpy(&in, address, sizeof in);
    return Endpoint{.address = Ipv4{ntohl(in.sin_addr.s_addr)}, .port = ntohs(in.sin_port)};
  }
  if (address->sa_family == AF_INET6 && length >= sizeof(sockaddr_in6)) {
    sockaddr_in6 in{};
    std::memcpy(&in, address, sizeof in);
    Ipv6 v6;
    std::copy(std::begin(in.sin6_addr.s6_addr), std::end(in.sin6_addr.s6_addr), v6.octets.begin());
    return Endpoint{.address = v6, .port = ntohs(in.sin6_port), .scope_id = in.sin6_scope_id};
  }
  return std::nullopt;
}

namespace {

std::optional<Endpoint> endpoint_of(int fd, int (*name_of)(int, sockaddr*, socklen_t*)) {
  sockaddr_storage name{};
  socklen_t length = sizeof name;
  void* const generic = &name;
  auto* const address = static_cast<sockaddr*>(generic);
  if (name_of(fd, address, &length) != 0) return std::nullopt;
  return to_endpoint(address, length);
}

}  // namespace

std::optional<Endpoint> local_endpoint(int fd) { return endpoint_of(fd, getsockname); }

std::optional<Endpoint> remote_endpoint(int fd) { return endpoint_of(fd, getpeername); }

}  // namespace swapmasq::io
