#include "io/udp_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <deque>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>
#include <vector>

#include "io/socket_address.hpp"

namespace swapmasq::io {

namespace {

constexpr std::size_t control_size = 128;

bool set_option(int fd, int level, int name, int value) {
  return setsockopt(fd, level, name, &value, sizeof value) == 0;
}

// One outgoing message with all that its header points to. Stays where it is made.
class Message {
 public:
  Message(ByteView bytes, std::uint16_t segment, const Endpoint& to, const Via& via)
      : address_(to),
        // sendmsg does not write through iov_base.
        vector_{.iov_base = const_cast<std::uint8_t*>(bytes.data()), .iov_len = bytes.size()} {
    header_.msg_name = &address_.storage;
    header_.msg_namelen = address_.length;
    header_.msg_iov = &vector_;
    header_.msg_iovlen = 1;
    header_.msg_control = control_.data();
    header_.msg_controllen = control_.size();
    next_ = CMSG_FIRSTHDR(&header_);
    if (via.source || via.interface_index != 0) add(to.address.is_v4(), via);
    if (segment != 0) add(SOL_UDP, UDP_SEGMENT, segment);
    header_.msg_controllen = used_;
    if (used_ == 0) header_.msg_control = nullptr;
  }
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

  const msghdr& header() const { return header_; }

 private:
  void add(bool v4, const Via& via) {
    if (v4) {
      in_pktinfo info{};
      info.ipi_ifindex = static_cast<int>(via.interface_index);
      if (via.source) info.ipi_spec_dst.s_addr = htonl(via.source->v4().value);
      add(IPPROTO_IP, IP_PKTINFO, info);
    } else {
      in6_pktinfo info{};
      info.ipi6_ifindex = via.interface_index;
      if (via.source) {
        const auto& octets = via.source->v6().octets;
        std::copy(octets.begin(), octets.end(), std::begin(info.ipi6_addr.s6_addr));
      }
      add(IPPROTO_IPV6, IPV6_PKTINFO, info);
    }
  }

  template <typename T>
  void add(int level, int type, const T& value) {
    next_->cmsg_level = level;
    next_->cmsg_type = type;
    next_->cmsg_len = CMSG_LEN(sizeof value);
    std::memcpy(CMSG_DATA(next_), &value, sizeof value);
    used_ += CMSG_SPACE(sizeof value);
    next_ = CMSG_NXTHDR(&header_, next_);
  }

  SocketAddress address_;
  iovec vector_;
  msghdr header_{};
  alignas(cmsghdr) std::array<char, control_size> control_{};
  cmsghdr* next_ = nullptr;
  std::size_t used_ = 0;
};

// 0 or errno of a system call that a signal may interrupt.
template <typename Call>
int attempt(const Call& call) {
  for (;;) {
    if (call() >= 0) return 0;
    if (errno != EINTR) return errno;
  }
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
  Buffers(std::size_t largest, std::size_t batch, bool packet_info)
      : single(batch == 1 && !packet_info),
        octets(largest * batch),
        names(batch),
        vectors(batch),
        controls(batch),
        messages(batch) {
    for (std::size_t i = 0; i < batch; ++i) {
      vectors[i] = {.iov_base = octets.data() + i * largest, .iov_len = largest};
    }
  }

  // Datagrams received; below 1: none.
  int fill(int fd) {
    if (single) return fill_one(fd);
    for (std::size_t i = 0; i < messages.size(); ++i) {
      auto& header = messages[i].msg_hdr;
      header = {};
      header.msg_name = &names[i];
      header.msg_namelen = sizeof names[i];
      header.msg_iov = &vectors[i];
      header.msg_iovlen = 1;
      header.msg_control = controls[i].data();
      header.msg_controllen = controls[i].size();
    }
    return ::recvmmsg(fd, messages.data(), static_cast<unsigned>(messages.size()), MSG_DONTWAIT, nullptr);
  }

  // Cheaper than a batch of one, but without packet info.
  int fill_one(int fd) {
    auto& message = messages.front();
    message.msg_hdr = {};
    message.msg_hdr.msg_namelen = sizeof names.front();
    void* const name = names.data();
    const auto size = ::recvfrom(fd, octets.data(), octets.size(), MSG_DONTWAIT, static_cast<sockaddr*>(name),
                                 &message.msg_hdr.msg_namelen);
    message.msg_len = size < 0 ? 0 : static_cast<unsigned>(size);
    return size < 0 ? -1 : 1;
  }

  struct alignas(cmsghdr) ControlBuffer : std::array<char, control_size> {};
  bool single;
  Bytes octets;
  std::vector<sockaddr_storage> names;
  std::vector<iovec> vectors;
  std::vector<ControlBuffer> controls;
  std::vector<mmsghdr> messages;
};

UdpSocket::UdpSocket(Descriptor fd, const UdpOptions& options)
    : fd_(std::move(fd)),
      local_(options.local),
      largest_(options.largest),
      batch_(options.batch),
      packet_info_(options.packet_info) {}
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

std::size_t UdpSocket::receive(const std::function<void(const Datagram&)>& visit) {
  if (!buffers_) buffers_ = std::make_shared<Buffers>(largest_, batch_, packet_info_);
  const int count = buffers_->fill(fd_.get());
  if (count <= 0) return 0;
  // The visit may destroy this socket; the buffers live on until it is over.
  const std::shared_ptr<Buffers> buffers = buffers_;
  const auto largest = largest_;
  const ByteView octets{buffers->octets};
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    auto& message = buffers->messages[i];
    const void* name = &buffers->names[i];
    const auto source = to_endpoint(static_cast<const sockaddr*>(name), message.msg_hdr.msg_namelen);
    if (!source) continue;
    Datagram datagram{.bytes = octets.subspan(i * largest, std::min<std::size_t>(message.msg_len, largest)),
                      .source = *source};
    read_packet_info(message.msg_hdr, datagram);
    visit(datagram);
  }
  return static_cast<std::size_t>(count);
}

int UdpSocket::send(ByteView bytes, const Endpoint& to, const Via& via) { return transmit(bytes, 0, to, via); }

int UdpSocket::send_segments(ByteView bytes, std::size_t size, const Endpoint& to, const Via& via) {
  // The kernel takes at most 64 segments and 64 KiB at a time.
  constexpr std::size_t most_octets = 65000;
  const std::size_t per_call = std::clamp<std::size_t>(most_octets / std::max<std::size_t>(size, 1), 1, 64);
  while (segmentation_ && bytes.size() > size) {
    const auto part = bytes.first(std::min(bytes.size(), per_call * size));
    const int error = transmit(part, static_cast<std::uint16_t>(part.size() > size ? size : 0), to, via);
    if (error == EIO || error == EINVAL || error == ENOPROTOOPT || error == EMSGSIZE) {
      segmentation_ = false;
      break;
    }
    if (error != 0) return error;
    bytes = bytes.subspan(part.size());
    if (bytes.empty()) return 0;
  }
  do {
    const auto part = bytes.first(std::min(bytes.size(), size));
    if (const int error = transmit(part, 0, to, via)) return error;
    bytes = bytes.subspan(part.size());
  } while (!bytes.empty());
  return 0;
}

int UdpSocket::transmit(ByteView bytes, std::uint16_t segment, const Endpoint& to, const Via& via) {
  if (segment == 0 && !via.source && via.interface_index == 0) {
    const SocketAddress address{to};
    // The kernel takes this in with less work than a message.
    return attempt([&] { return ::sendto(fd_.get(), bytes.data(), bytes.size(), 0, address.get(), address.length); });
  }
  const Message message{bytes, segment, to, via};
  return attempt([&] { return ::sendmsg(fd_.get(), &message.header(), 0); });
}

void UdpSocket::send_batch(std::span<const Outgoing> datagrams,
                           const std::function<void(const Outgoing&, int)>& failed) {
  if (datagrams.size() == 1) {
    const auto& only = datagrams.front();
    if (const int error = send(only.bytes, only.to, only.via)) failed(only, error);
    return;
  }
  std::deque<Message> messages;
  std::vector<mmsghdr> headers;
  headers.reserve(datagrams.size());
  for (const auto& datagram : datagrams) {
    const auto& message = messages.emplace_back(datagram.bytes, std::uint16_t{0}, datagram.to, datagram.via);
    headers.push_back({.msg_hdr = message.header()});
  }
  std::size_t done = 0;
  while (done < headers.size()) {
    const int count = ::sendmmsg(fd_.get(), &headers[done], static_cast<unsigned>(headers.size() - done), 0);
    if (count > 0) {
      done += static_cast<std::size_t>(count);
    } else if (errno != EINTR) {
      failed(datagrams[done], errno);
      ++done;
    }
  }
}

int UdpSocket::bind_to_device(const std::string& interface) {
  return setsockopt(fd_.get(), SOL_SOCKET, SO_BINDTODEVICE, interface.data(),
                    static_cast<socklen_t>(interface.size())) == 0
             ? 0
             : errno;
}

}  // namespace swapmasq::io
