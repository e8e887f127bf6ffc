#include "io/icmp_probe.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <utility>

#include "base/startup_error.hpp"
#include "io/socket_address.hpp"

namespace swapmasq::io {

namespace {

constexpr std::uint8_t echo_reply = 0;
constexpr std::uint8_t echo_request = 8;
constexpr std::size_t echo_size = 8;  // type, code, checksum, identifier, sequence

using Echo = std::array<std::uint8_t, echo_size>;

Echo make_request(std::uint16_t id) {
  Echo echo{echo_request, 0, 0, 0, static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id), 0, 0};
  // RFC 1071 over two words that are not zero
  std::uint32_t sum = (std::uint32_t{echo_request} << 8) + id;
  sum = (sum & 0xffff) + (sum >> 16);
  const auto checksum = static_cast<std::uint16_t>(~sum);
  echo[2] = static_cast<std::uint8_t>(checksum >> 8);
  echo[3] = static_cast<std::uint8_t>(checksum);
  return echo;
}

std::uint16_t random_id() {
  std::array<std::uint8_t, 2> octets{};
  if (getrandom(octets.data(), octets.size(), 0) != 2) return 1;
  return static_cast<std::uint16_t>((octets[0] << 8) | octets[1]);
}

}  // namespace

Descriptor IcmpProbe::open() {
  Descriptor socket{::socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_ICMP)};
  if (!socket)
    throw StartupError(ExitCode::network, fmt::format("cannot create ICMP raw socket: {}.", strerror(errno)));
  return socket;
}

IcmpProbe::IcmpProbe(Loop& loop, Descriptor socket)
    : loop_(loop), socket_(std::move(socket)), watch_(loop.watch_readable(socket_.get(), [this] { receive(); })) {}

void IcmpProbe::ping(Ipv4 address, std::chrono::milliseconds timeout, Done done) {
  auto id = random_id();
  while (probes_.contains(id)) ++id;
  const auto request = make_request(id);
  const SocketAddress to{{.address = address}};
  // A request that cannot be sent is one that nobody answers.
  const bool sent = ::sendto(socket_.get(), request.data(), request.size(), 0, to.get(), to.length) >= 0;
  auto timer = std::make_unique<Loop::Timer>(loop_, [this, id] { finish(id, false); });
  timer->set(Loop::now() + (sent ? timeout : std::chrono::milliseconds{0}));
  probes_.emplace(id, Probe{address, std::move(done), std::move(timer)});
}

void IcmpProbe::receive() {
  std::array<std::uint8_t, 1024> packet{};
  sockaddr_storage name{};
  for (;;) {
    socklen_t length = sizeof name;
    void* generic = &name;
    const auto got =
        ::recvfrom(socket_.get(), packet.data(), packet.size(), 0, static_cast<sockaddr*>(generic), &length);
    if (got < 0) return;
    const auto source = to_endpoint(static_cast<const sockaddr*>(generic), length);
    // A raw socket delivers the IP header too; its length is in words of four octets.
    const ByteView all{packet.data(), static_cast<std::size_t>(got)};
    const std::size_t header = all.empty() ? 0 : std::size_t{all[0] & 0x0fU} * 4;
    if (!source || all.size() < header + echo_size) continue;
    const auto echo = all.subspan(header);
    const auto id = static_cast<std::uint16_t>((echo[4] << 8) | echo[5]);
    const auto probe = probes_.find(id);
    if (echo[0] != echo_reply || probe == probes_.end() || source->address != IpAddress{probe->second.address})
      continue;
    finish(id, true);
  }
}

void IcmpProbe::finish(std::uint16_t id, bool answered) {
  auto node = probes_.extract(id);
  if (!node.empty()) node.mapped().done(answered);
}

}  // namespace swapmasq::io
