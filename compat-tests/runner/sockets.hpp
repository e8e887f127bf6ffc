// File descriptors and socket addresses for the runner's own clients: the only place that casts to sockaddr.
// Everything here throws std::system_error; a scenario that cannot open its sockets is broken, not failed.
#pragma once

#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <utility>

#include "base/address.hpp"
#include "base/bytes.hpp"

namespace swapmasq::compat {

// Owns one file descriptor.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd();

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void close();

 private:
  int fd_ = -1;
};

// `result` of a system call, or an exception that names the call.
int checked(int result, const std::string& call);

struct Datagram {
  Endpoint from;
  Bytes octets;
};

// A bound datagram or stream socket; port 0 lets the kernel choose.
Fd bound_socket(int type, const Endpoint& local, bool reuse_address = false);
void send_to(const Fd& socket, ByteView octets, const Endpoint& to);
Datagram receive_from(const Fd& socket);
Fd connect_tcp(const Endpoint& local, const Endpoint& server, int timeout_ms);
Fd accept_from(const Fd& listener, Endpoint& peer);
// Whole messages with the two-octet length of DNS over TCP (RFC 1035 section 4.2.2); empty at end of file or time-out.
void send_dns_stream(const Fd& socket, ByteView message);
Bytes receive_dns_stream(const Fd& socket, int timeout_ms);

void listen_syslog(const Fd& socket, const std::string& path);

}  // namespace swapmasq::compat
