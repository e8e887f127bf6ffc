#include "io/udp_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <vector>

#include "io/socket_address.hpp"

namespace swapmasq::io {

namespace {

constexpr std::size_t control_size = 128;
constexpr std::size_t small = 512;  // octets of a datagram that is received without buffers of the socket's own

bool set_option(int fd, int level, int name, int value) {
  return setsockopt(fd, level, name, &value, sizeof value) == 0;
}

void read_packet_info(msghdr& message, Datagram& datagram) {
  for (auto* c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
      in_pktinfo info{};
      std::memcpy(&info, CMSG_DATA(c), sizeof info);
      datagram.destination = Ipv4{ntohl(info.ipi_addr.s_addr)};
      datagram.interface_index = static_cast<unsigned>(info.ipi_ifindex);
    } else if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO) {
      in6_pktinfo info{};
      std::memcpy(&info, CMSG_DATA(c), sizeof info);
      Ipv6 v6;
      std::copy(std::begin(info.ipi6_addr.s6_addr), std::end(info.ipi6_addr.s6_addr), v6.octets.begin());
      datagram.destination = v6;
      datagram.interface_index = info.ipi6_ifindex;
    }
  }
}

}  // namespace

struct UdpSocket::Buffers {
  Buffers(std::size_t largest_datagram, std::size_t batch, bool packet_info)
      : largest(largest_datagram),
        octets(std::make_unique_for_overwrite<std::uint8_t[]>(largest * batch)),
        names(batch),
        vectors(batch),
        controls(packet_info ? batch : 0),
        messages(batch) {
    for (std::size_t i = 0; i < batch; ++i) {
      vectors[i] = {.iov_base = slot(i).data(), .iov_len = largest};
    }
  }

  std::span<std::uint8_t> slot(std::size_t i) const {
    return std::span{octets.get(), largest * vectors.size()}.subspan(i * largest, largest);
  }

  // Datagrams received; below 1: none.
  int fill(int fd) {
    for (std::size_t i = 0; i < messages.size(); ++i) {
      auto& header = messages[i].msg_hdr;
      header = {};
      header.msg_name = &names[i];
      header.msg_namelen = sizeof names[i];
      header.msg_iov = &vectors[i];
      header.msg_iovlen = 1;
      if (controls.empty()) continue;
      header.msg_control = controls[i].data();
      header.msg_controllen = controls[i].size();
    }
    return ::recvmmsg(fd, messages.data(), static_cast<unsigned>(messages.size()), MSG_DONTWAIT, nullptr);
  }

  struct alignas(cmsghdr) ControlBuffer : std::array<char, control_size> {};
  std::size_t largest;
  std::unique_ptr<std::uint8_t[]> octets;  // memory that is never written to costs nothing
  std::vector<sockaddr_storage> names;
  std::vector<iovec> vectors;
  std::vector<ControlBuffer> controls;
  std::vector<mmsghdr> messages;
};

UdpSocket::UdpSocket(Descriptor fd, const UdpOptions& options)
    : fd_(std::move(fd)), options_(options), sender_(options.local, options.join) {}
UdpSocket::UdpSocket(UdpSocket&&) noexcept = default;
UdpSocket& UdpSocket::operator=(UdpSocket&&) noexcept = default;
UdpSocket::~UdpSocket() = default;

Result<UdpSocket, UdpError> UdpSocket::open(const UdpOptions& options) {
  using Step = UdpError::Step;
  const auto failed = [](Step step) { return tl::unexpected(UdpError{step, errno}); };
  const bool v4 = options.local.address.is_v4();
  Descriptor fd{::socket(v4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
  if (!fd) return failed(Step::create);
  const int s = fd.get();
  const bool optioned =
      (v4 || set_option(s, IPPROTO_IPV6, IPV6_V6ONLY, 1)) &&
      (!options.packet_info ||
       (v4 ? set_option(s, IPPROTO_IP, IP_PKTINFO, 1) : set_option(s, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1))) &&
      (!options.broadcast || set_option(s, SOL_SOCKET, SO_BROADCAST, 1)) &&
      (!options.fragment || (v4 ? set_option(s, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT)
                                : set_option(s, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_DONT))) &&
      (!options.tos || !v4 || set_option(s, IPPROTO_IP, IP_TOS, *options.tos));
  if (!optioned) return failed(Step::options);
  if ((options.reuse_port && !set_option(s, SOL_SOCKET, SO_REUSEPORT, 1)) ||
      (options.reuse_address && !set_option(s, SOL_SOCKET, SO_REUSEADDR, 1))) {
    return failed(Step::reuse);
  }
  // Beyond the limit of the system as root; a smaller buffer is no reason not to serve.
  const auto buffer = static_cast<int>(options.receive_buffer);
  if (buffer > 0 && !set_option(s, SOL_SOCKET, SO_RCVBUFFORCE, buffer)) set_option(s, SOL_SOCKET, SO_RCVBUF, buffer);
  const SocketAddress address{options.local};
  if (::bind(s, address.get(), address.length) != 0) return failed(Step::bind);
  return UdpSocket{std::move(fd), options};
}

Result<UdpSocket, int> UdpSocket::connect(const Endpoint& peer) {
  // Two sockets may have one address while both allow it. Nobody else shall come in between.
  const auto share = [](const UdpSocket& socket, bool on) { set_option(socket.fd(), SOL_SOCKET, SO_REUSEADDR, on); };
  auto options = options_;
  options.local = local_endpoint(fd()).value_or(options_.local);
  options.reuse_address = true;
  share(*this, true);
  auto others = open(options);
  share(*this, options_.reuse_address);
  if (!others) return tl::unexpected(others.error().error);
  share(*others, options_.reuse_address);
  const SocketAddress address{peer};
  if (::connect(fd(), address.get(), address.length) != 0) return tl::unexpected(errno);
  peer_ = peer;
  return std::move(*others);
}

std::optional<Endpoint> UdpSocket::destination(const Endpoint& to) const {
  return to == peer_ ? std::nullopt : std::optional{to};
}

// Cheaper than a batch of one, but without packet info.
std::size_t UdpSocket::receive_one(const std::function<void(const Datagram&)>& visit) {
  std::array<std::uint8_t, small> octets{};
  sockaddr_storage name{};
  socklen_t length = sizeof name;
  void* const generic = &name;
  auto* const address = static_cast<sockaddr*>(generic);
  const auto size = ::recvfrom(fd(), octets.data(), options_.largest, MSG_DONTWAIT, address, &length);
  if (size < 0) return 0;
  if (const auto source = to_endpoint(address, length)) {
    visit({.bytes = ByteView{octets}.first(static_cast<std::size_t>(size)), .source = *source});
  }
  return 1;
}

std::size_t UdpSocket::receive(const std::function<void(const Datagram&)>& visit) {
  if (options_.batch == 1 && !options_.packet_info && options_.largest <= small) return receive_one(visit);
  if (!buffers_) buffers_ = std::make_shared<Buffers>(options_.largest, options_.batch, options_.packet_info);
  const int count = buffers_->fill(fd_.get());
  if (count <= 0) return 0;
  // The visit may destroy this socket; the buffers live on until it is over.
  const std::shared_ptr<Buffers> buffers = buffers_;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    auto& message = buffers->messages[i];
    const void* name = &buffers->names[i];
    const auto source = to_endpoint(static_cast<const sockaddr*>(name), message.msg_hdr.msg_namelen);
    if (!source) continue;
    Datagram datagram{.bytes = ByteView{buffers->slot(i)}.first(message.msg_len), .source = *source};
    if (message.msg_hdr.msg_controllen != 0) read_packet_info(message.msg_hdr, datagram);
    visit(datagram);
  }
  return static_cast<std::size_t>(count);
}

int UdpSocket::send(ByteView bytes, const Endpoint& to, const Via& via) {
  return sender_.send_one(fd_.get(), {bytes, destination(to), via});
}

int UdpSocket::send_segments(ByteView bytes, std::size_t size, const Endpoint& to, const Via& via) {
  return sender_.send_segments(fd_.get(), {bytes, destination(to), via}, size);
}

void UdpSocket::send_batch(std::span<const Outgoing> datagrams, const SendFailed& failed) {
  sender_.send(fd_.get(), datagrams, failed);
}

int UdpSocket::bind_to_device(const std::string& interface) {
  return setsockopt(fd_.get(), SOL_SOCKET, SO_BINDTODEVICE, interface.data(),
                    static_cast<socklen_t>(interface.size())) == 0
             ? 0
             : errno;
}

}  // namespace swapmasq::io
