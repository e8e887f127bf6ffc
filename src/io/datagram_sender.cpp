#include "io/datagram_sender.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>
#include <utility>
#include <vector>

#include "io/socket_address.hpp"

namespace swapmasq::io {

namespace {

// What the kernel cuts into datagrams: at most 64 (UDP_MAX_SEGMENTS) that fit any path and together one packet.
constexpr std::size_t most_segments = 50;
constexpr std::size_t longest_segment = 1232;
constexpr std::size_t most_octets = 65000;

constexpr std::size_t control_size = 128;

// Errors of a kernel or a device that does not cut.
bool cannot_segment(int error) { return error == EIO || error == EINVAL || error == ENOPROTOOPT || error == EMSGSIZE; }

// sendmsg does not write through iov_base.
iovec part_of(ByteView bytes) { return {.iov_base = const_cast<std::uint8_t*>(bytes.data()), .iov_len = bytes.size()}; }

// What the header of one message points to.
class Envelope {
 public:
  // `parts`, and this, stay where they are while the header is in use.
  msghdr header(std::span<iovec> parts, const std::optional<Endpoint>& to, const Via& via, std::uint16_t segment) {
    msghdr header{};
    if (to) {
      address_ = SocketAddress{*to};
      header.msg_name = &address_.storage;
      header.msg_namelen = address_.length;
    }
    header.msg_iov = parts.data();
    header.msg_iovlen = parts.size();
    header.msg_control = control_.data();
    header.msg_controllen = control_.size();
    auto* next = CMSG_FIRSTHDR(&header);
    std::size_t used = 0;
    const auto add = [&](int level, int type, const auto& value) {
      next->cmsg_level = level;
      next->cmsg_type = type;
      next->cmsg_len = CMSG_LEN(sizeof value);
      std::memcpy(CMSG_DATA(next), &value, sizeof value);
      used += CMSG_SPACE(sizeof value);
      next = CMSG_NXTHDR(&header, next);
    };
    if (via != Via{} && to && to->address.is_v4()) add(IPPROTO_IP, IP_PKTINFO, v4_info(via));
    if (via != Via{} && to && !to->address.is_v4()) add(IPPROTO_IPV6, IPV6_PKTINFO, v6_info(via));
    if (segment != 0) add(SOL_UDP, UDP_SEGMENT, segment);
    header.msg_controllen = used;
    if (used == 0) header.msg_control = nullptr;
    return header;
  }

 private:
  static in_pktinfo v4_info(const Via& via) {
    in_pktinfo info{};
    info.ipi_ifindex = static_cast<int>(via.interface_index);
    if (via.source) info.ipi_spec_dst.s_addr = htonl(via.source->v4().value);
    return info;
  }
  static in6_pktinfo v6_info(const Via& via) {
    in6_pktinfo info{};
    info.ipi6_ifindex = via.interface_index;
    if (via.source) std::ranges::copy(via.source->v6().octets, std::begin(info.ipi6_addr.s6_addr));
    return info;
  }

  SocketAddress address_{Endpoint{}};
  alignas(cmsghdr) std::array<char, control_size> control_{};
};

// 0 or errno of a system call that a signal may interrupt. On a connected socket the first refusal is about a datagram
// before this one.
template <typename Call>
int attempt(bool connected, const Call& call) {
  for (bool refused = false; call() < 0;) {
    const bool earlier = errno == ECONNREFUSED && connected && !std::exchange(refused, true);
    if (errno != EINTR && !earlier) return errno;
  }
  return 0;
}

}  // namespace

// Datagrams that leave as one message.
struct DatagramSender::Run {
  std::size_t begin = 0;
  std::size_t size = 0;
};

// Kept from batch to batch.
struct DatagramSender::Scratch {
  std::vector<iovec> parts;
  std::vector<Envelope> envelopes;
  std::vector<mmsghdr> headers;
  std::vector<Run> runs;
};

DatagramSender::DatagramSender(const Endpoint& bound, bool join) : bound_(bound), join_(join) {}
DatagramSender::DatagramSender(DatagramSender&&) noexcept = default;
DatagramSender& DatagramSender::operator=(DatagramSender&&) noexcept = default;
DatagramSender::~DatagramSender() = default;

bool DatagramSender::needs_nothing(const Via& via) const {
  const bool own = !bound_.address.unspecified() && via.source == bound_.address;
  return own && (via.interface_index == 0 || via.interface_index == bound_.scope_id);
}

int DatagramSender::transmit(int fd, const Outgoing& datagram, std::uint16_t segment) {
  const auto via = needs_nothing(datagram.via) ? Via{} : datagram.via;
  const auto bytes = datagram.bytes;
  const auto& to = datagram.to;
  if (segment == 0 && via == Via{}) {
    // The kernel takes this in with less work than a message.
    if (!to) return attempt(true, [&] { return ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL); });
    const SocketAddress address{*to};
    return attempt(false, [&] { return ::sendto(fd, bytes.data(), bytes.size(), 0, address.get(), address.length); });
  }
  auto part = part_of(bytes);
  Envelope envelope;
  const auto header = envelope.header({&part, 1}, to, via, segment);
  return attempt(!to, [&] { return ::sendmsg(fd, &header, MSG_NOSIGNAL); });
}

int DatagramSender::send_one(int fd, const Outgoing& datagram) { return transmit(fd, datagram, 0); }

int DatagramSender::send_segments(int fd, const Outgoing& all, std::size_t size) {
  auto rest = all;
  const auto send_part = [&](std::size_t octets, std::size_t segment) {
    auto part = rest;
    part.bytes = rest.bytes.first(std::min(rest.bytes.size(), octets));
    const int error = transmit(fd, part, static_cast<std::uint16_t>(part.bytes.size() > segment ? segment : 0));
    if (error == 0) rest.bytes = rest.bytes.subspan(part.bytes.size());
    return error;
  };
  const std::size_t per_call = std::clamp<std::size_t>(most_octets / std::max<std::size_t>(size, 1), 1, 64);
  while (segmentation_ && rest.bytes.size() > size) {
    const int error = send_part(per_call * size, size);
    segmentation_ = !cannot_segment(error);
    if (segmentation_ && error != 0) return error;
    if (rest.bytes.empty()) return 0;
  }
  do {
    if (const int error = send_part(size, size)) return error;
  } while (!rest.bytes.empty());
  return 0;
}

// How many datagrams from the first on can leave as one message: those as long as the first, and one that is shorter.
std::size_t DatagramSender::run_length(std::span<const Outgoing> datagrams) const {
  const auto& first = datagrams.front();
  const auto length = first.bytes.size();
  if (!join_ || !segmentation_ || length == 0 || length > longest_segment) return 1;
  const auto most = datagrams.first(std::min(datagrams.size(), most_segments));
  const auto end = std::ranges::find_if(most, [&](const Outgoing& datagram) {
    return datagram.bytes.size() != length || datagram.to != first.to || datagram.via != first.via;
  });
  const bool one_more = end != most.end() && !end->bytes.empty() && end->bytes.size() < length && end->to == first.to &&
                        end->via == first.via;
  return static_cast<std::size_t>(end - most.begin()) + (one_more ? 1 : 0);
}

void DatagramSender::send(int fd, std::span<const Outgoing> datagrams, const SendFailed& failed) {
  const auto send_singly = [&](const Run& run) {
    for (auto place = run.begin; place < run.begin + run.size; ++place)
      if (const int error = send_one(fd, datagrams[place])) failed(place, error);
  };
  if (datagrams.size() <= 1) return send_singly({0, datagrams.size()});
  if (!scratch_) scratch_ = std::make_unique<Scratch>();
  auto& [parts, envelopes, headers, runs] = *scratch_;
  parts.clear();
  headers.clear();
  runs.clear();
  if (envelopes.size() < datagrams.size()) envelopes.resize(datagrams.size());
  for (const auto& datagram : datagrams) parts.push_back(part_of(datagram.bytes));
  for (std::size_t begin = 0; begin < datagrams.size(); begin += runs.back().size) {
    runs.push_back({begin, run_length(datagrams.subspan(begin))});
    const auto size = runs.back().size;
    const auto& [bytes, to, via] = datagrams[begin];
    const auto segment = static_cast<std::uint16_t>(size > 1 ? bytes.size() : 0);
    headers.push_back({envelopes[headers.size()].header(std::span{parts}.subspan(begin, size), to,
                                                        needs_nothing(via) ? Via{} : via, segment),
                       0});
  }
  for (std::size_t done = 0; done < headers.size();) {
    const int count = ::sendmmsg(fd, &headers[done], static_cast<unsigned>(headers.size() - done), MSG_NOSIGNAL);
    if (count > 0) {
      done += static_cast<std::size_t>(count);
    } else if (errno != EINTR) {
      const auto run = runs[done++];
      if (run.size > 1 && cannot_segment(errno)) segmentation_ = false;
      send_singly(run);  // which tells what is wrong with each of them
    }
  }
}

}  // namespace swapmasq::io
