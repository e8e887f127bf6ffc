// dhcp_clients SERVER RELAY FIRST COUNT TIMES: clients behind a relay at RELAY ask for the addresses FIRST, FIRST + 1
// ... as after a restart (INIT-REBOOT), some at a time, so many times each or until the server is silent. Prints each
// address when it has been acknowledged for the first time.
#include <arpa/inet.h>
#include <charconv>
#include <cstdio>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

#include "base/address.hpp"
#include "wire/dhcp4_message.hpp"
#include "wire/writer.hpp"

namespace {

using namespace swapmasq;

constexpr std::uint16_t server_port = 67;
constexpr std::size_t at_a_time = 32;
constexpr int silence_ms = 300;

sockaddr_in socket_address(Ipv4 address) {
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(server_port);
  name.sin_addr.s_addr = htonl(address.value);
  return name;
}

Bytes request(Ipv4 relay, Ipv4 wanted) {
  wire::Writer out;
  out.bytes(Bytes{wire::dhcp4::boot_request, 1, 6, 1});  // from Ethernet, over one relay
  out.u32(wanted.value);
  out.fill(16);
  out.ipv4(relay);
  out.bytes(Bytes{2, 0});
  out.ipv4(wanted);
  out.fill(202);
  out.bytes(wire::dhcp4::cookie);
  out.bytes(Bytes{wire::dhcp4::message_type, 1, static_cast<std::uint8_t>(wire::Dhcp4Type::request)});
  out.bytes(Bytes{wire::dhcp4::requested_address, 4});
  out.ipv4(wanted);
  out.u8(wire::dhcp4::end);
  return out.take();
}

class Clients {
 public:
  Clients(Ipv4 server, Ipv4 relay, Ipv4 first, std::uint32_t count, std::uint32_t times)
      : server_(server), relay_(relay), first_(first), left_(std::uint64_t{count} * times), acknowledged_(count) {}

  int run() {
    socket_ = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const auto own = socket_address(relay_);
    const void* generic = &own;
    if (socket_ < 0 || ::bind(socket_, static_cast<const sockaddr*>(generic), sizeof own) != 0) {
      std::perror("dhcp_clients");
      return 1;
    }
    for (std::size_t i = 0; i < at_a_time; ++i) ask();
    pollfd ready{.fd = socket_, .events = POLLIN, .revents = 0};
    while (::poll(&ready, 1, silence_ms) == 1) {
      Bytes buffer(1500);
      const auto size = ::recv(socket_, buffer.data(), buffer.size(), 0);
      if (size < 0) continue;
      take(ByteView{buffer}.first(static_cast<std::size_t>(size)));
      ask();
    }
    return ::close(socket_);
  }

 private:
  void ask() {
    if (left_ == 0) return;
    --left_;
    const auto octets = request(relay_, Ipv4{first_.value + next_});
    next_ = (next_ + 1) % static_cast<std::uint32_t>(acknowledged_.size());
    const auto to = socket_address(server_);
    const void* generic = &to;
    static_cast<void>(
        ::sendto(socket_, octets.data(), octets.size(), 0, static_cast<const sockaddr*>(generic), sizeof to));
  }

  void take(ByteView reply) {
    const auto message = wire::Dhcp4Message::parse(reply);
    if (!message || message->type() != wire::Dhcp4Type::ack) return;
    const auto address = message->header.yiaddr;
    const auto index = address.value - first_.value;
    if (index >= acknowledged_.size() || acknowledged_[index]) return;
    acknowledged_[index] = true;
    fmt::print("{}\n", address.to_string());
  }

  Ipv4 server_, relay_, first_;
  std::uint64_t left_;
  std::vector<bool> acknowledged_;
  std::uint32_t next_ = 0;
  int socket_ = -1;
};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> words{argv + 1, argv + argc};
  if (words.size() != 5) return 2;
  const auto server = Ipv4::parse(words[0]), relay = Ipv4::parse(words[1]), first = Ipv4::parse(words[2]);
  const auto number = [](std::string_view digits) {
    std::uint32_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  };
  const auto count = number(words[3]), times = number(words[4]);
  if (!server || !relay || !first || count == 0) return 2;
  return Clients{*server, *relay, *first, count, times}.run();
}
