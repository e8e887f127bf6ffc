#include "sockets.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <poll.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>

namespace swapmasq::compat {

namespace {

// A socket address of either family with its length, in the form that system calls take.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = sizeof(sockaddr_storage);

  sockaddr* pointer() { return static_cast<sockaddr*>(static_cast<void*>(&storage)); }
  template <typename T>
  T& as() {
    return *static_cast<T*>(static_cast<void*>(&storage));
  }

  static SocketAddress from(const Endpoint& endpoint) {
    SocketAddress result;
    if (endpoint.address.is_v4()) {
      auto& in = result.as<sockaddr_in>();
      in.sin_family = AF_INET;
      in.sin_port = htons(endpoint.port);
      in.sin_addr.s_addr = htonl(endpoint.address.v4().value);
      result.length = sizeof(sockaddr_in);
    } else {
      auto& in = result.as<sockaddr_in6>();
      in.sin6_family = AF_INET6;
      in.sin6_port = htons(endpoint.port);
      in.sin6_scope_id = endpoint.scope_id;
      std::copy_n(endpoint.address.v6().octets.begin(), 16, std::begin(in.sin6_addr.s6_addr));
      result.length = sizeof(sockaddr_in6);
    }
    return result;
  }

  Endpoint endpoint() {
    if (storage.ss_family == AF_INET) {
      const auto& in = as<sockaddr_in>();
      return {Ipv4{ntohl(in.sin_addr.s_addr)}, ntohs(in.sin_port), 0};
    }
    const auto& in = as<sockaddr_in6>();
    Ipv6 address;
    std::copy_n(std::begin(in.sin6_addr.s6_addr), 16, address.octets.begin());
    return {address, ntohs(in.sin6_port), in.sin6_scope_id};
  }
};

bool readable(const Fd& socket, int timeout_ms) {
  pollfd waiting{socket.get(), POLLIN, 0};
  return ::poll(&waiting, 1, timeout_ms) > 0;
}

std::optional<Bytes> receive_exactly(const Fd& socket, std::size_t count, int timeout_ms) {
  Bytes result(count);
  std::size_t have = 0;
  while (have < count) {
    if (!readable(socket, timeout_ms)) return std::nullopt;
    const ssize_t got = ::recv(socket.get(), &result[have], count - have, 0);
    if (got <= 0) return std::nullopt;
    have += static_cast<std::size_t>(got);
  }
  return result;
}

}  // namespace

Fd::~Fd() { close(); }

void Fd::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

int checked(int result, const std::string& call) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), call);
  return result;
}

Fd bound_socket(int type, const Endpoint& local, bool reuse_address) {
  SocketAddress address = SocketAddress::from(local);
  Fd result{checked(::socket(address.storage.ss_family, type | SOCK_CLOEXEC, 0), "socket")};
  const int one = 1;
  if (reuse_address) {
    checked(::setsockopt(result.get(), SOL_SOCKET, SO_REUSEADDR, &one, sizeof one), "SO_REUSEADDR");
  }
  if (type == SOCK_DGRAM && local.address.is_v4()) {
    checked(::setsockopt(result.get(), SOL_SOCKET, SO_BROADCAST, &one, sizeof one), "SO_BROADCAST");
  }
  checked(::bind(result.get(), address.pointer(), address.length), "bind " + local.address.to_string());
  return result;
}

void send_to(const Fd& socket, ByteView octets, const Endpoint& to) {
  SocketAddress address = SocketAddress::from(to);
  // Refusals that ICMP reported for an earlier datagram are none of this one's business.
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (::sendto(socket.get(), octets.data(), octets.size(), 0, address.pointer(), address.length) >= 0) return;
    if (errno != ECONNREFUSED) break;
  }
  throw std::system_error(errno, std::generic_category(), "sendto " + to.address.to_string());
}

Datagram receive_from(const Fd& socket) {
  Datagram result;
  result.octets.resize(65536);
  SocketAddress address;
  const ssize_t got =
      ::recvfrom(socket.get(), result.octets.data(), result.octets.size(), 0, address.pointer(), &address.length);
  result.octets.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  if (got >= 0) result.from = address.endpoint();
  return result;
}

Fd connect_tcp(const Endpoint& local, const Endpoint& server, int timeout_ms) {
  Fd result = bound_socket(SOCK_STREAM, local);
  const timeval limit{timeout_ms / 1000, (timeout_ms % 1000) * 1000L};
  checked(::setsockopt(result.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit), "SO_SNDTIMEO");
  SocketAddress address = SocketAddress::from(server);
  checked(::connect(result.get(), address.pointer(), address.length), "connect");
  return result;
}

Fd accept_from(const Fd& listener, Endpoint& peer) {
  SocketAddress address;
  Fd result{checked(::accept4(listener.get(), address.pointer(), &address.length, SOCK_CLOEXEC), "accept")};
  peer = address.endpoint();
  return result;
}

void send_dns_stream(const Fd& socket, ByteView message) {
  Bytes framed{static_cast<std::uint8_t>(message.size() >> 8), static_cast<std::uint8_t>(message.size() & 0xff)};
  framed.insert(framed.end(), message.begin(), message.end());
  checked(static_cast<int>(::send(socket.get(), framed.data(), framed.size(), MSG_NOSIGNAL)), "send");
}

Bytes receive_dns_stream(const Fd& socket, int timeout_ms) {
  const auto length = receive_exactly(socket, 2, timeout_ms);
  if (!length) return {};
  const std::size_t size = (std::size_t{length->at(0)} << 8) | length->at(1);
  return receive_exactly(socket, size, timeout_ms).value_or(Bytes{});
}

void listen_syslog(const Fd& socket, const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy_n(path.begin(), std::min(path.size(), sizeof address.sun_path - 1), std::begin(address.sun_path));
  checked(::bind(socket.get(), static_cast<sockaddr*>(static_cast<void*>(&address)), sizeof address), "bind " + path);
}

}  // namespace swapmasq::compat
