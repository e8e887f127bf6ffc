// Endpoint to and from the kernel's sockaddr: the one place where the two meet.
#pragma once

#include <optional>
#include <sys/socket.h>

#include "base/address.hpp"

namespace swapmasq::io {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;

  explicit SocketAddress(const Endpoint& endpoint);

  const sockaddr* get() const;
};

// Nothing for families other than IPv4 and IPv6, and for a null or short address.
std::optional<Endpoint> to_endpoint(const sockaddr* address, socklen_t length);

// What a socket is bound to (getsockname), or connected to (getpeername).
std::optional<Endpoint> local_endpoint(int fd);
std::optional<Endpoint> remote_endpoint(int fd);

}  // namespace swapmasq::io
