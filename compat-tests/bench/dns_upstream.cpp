// An upstream DNS server for measuring forwarders: answers every question with one A record after a fixed time, and
// never loses one. Batched both ways, so that it costs less than what it measures.
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <deque>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

#include "base/bytes.hpp"
#include "wire/dns_message.hpp"
#include "wire/dns_types.hpp"
#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace {

using namespace swapmasq;
using Clock = std::chrono::steady_clock;

constexpr std::size_t batch = 64;
constexpr std::size_t largest = 1500;  // octets of a question
constexpr int buffer_size = 64 << 20;  // octets
constexpr std::uint32_t ttl = 300;
constexpr std::array<std::uint8_t, 4> the_address{198, 18, 0, 1};  // RFC 2544: for benchmarks

constexpr std::string_view usage =
    "usage: dns_upstream PORT MILLISECONDS\n"
    "\n"
    "Answers on UDP PORT of all addresses, each question after MILLISECONDS.\n";

struct Waiting {
  Clock::time_point due;
  sockaddr_in client{};
  Bytes answer;
};

std::optional<Bytes> answer_to(ByteView query) {
  wire::Reader in{query};
  auto header = wire::DnsHeader::read(in);
  const auto question = wire::read_question(query);
  if (!header || header->qr || !question) return std::nullopt;
  wire::Writer out;
  out.bytes(query.first(question->end));
  header->qr = true;
  header->ra = true;
  header->answers = 1;
  header->authorities = 0;
  header->additionals = 0;
  header->overwrite(out);
  out.u16(0xc000 | wire::dns_header_size);
  out.u16(wire::dns_type::a);
  out.u16(wire::dns_class::in);
  out.u32(ttl);
  out.u16(the_address.size());
  out.bytes(the_address);
  return out.take();
}

class Upstream {
 public:
  Upstream(int socket, std::chrono::milliseconds delay) : socket_(socket), delay_(delay) {}

  [[noreturn]] void run() {
    for (;;) {
      pollfd waiting{socket_, POLLIN, 0};
      const auto timeout = patience();
      ppoll(&waiting, 1, timeout ? &*timeout : nullptr, nullptr);
      receive();
      send_due();
    }
  }

 private:
  std::optional<timespec> patience() const {
    if (queue_.empty()) return std::nullopt;
    const auto left = std::max(Clock::duration::zero(), queue_.front().due - Clock::now());
    const auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(left).count();
    return timespec{nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
  }

  void receive() {
    std::array<Bytes, batch> buffers;
    std::array<iovec, batch> parts{};
    std::array<sockaddr_in, batch> clients{};
    std::array<mmsghdr, batch> messages{};
    for (std::size_t i = 0; i < batch; ++i) {
      buffers[i].resize(largest);
      parts[i] = {buffers[i].data(), buffers[i].size()};
      messages[i].msg_hdr = {&clients[i], sizeof clients[i], &parts[i], 1, nullptr, 0, 0};
    }
    const int count = recvmmsg(socket_, messages.data(), batch, MSG_DONTWAIT, nullptr);
    const auto due = Clock::now() + delay_;
    for (std::size_t i = 0; count > 0 && i < static_cast<std::size_t>(count); ++i)
      if (auto answer = answer_to(ByteView{buffers[i]}.first(messages[i].msg_len)))
        queue_.push_back({due, clients[i], *std::move(answer)});
  }

  void send_due() {
    const auto now = Clock::now();
    while (!queue_.empty() && queue_.front().due <= now) {
      std::array<iovec, batch> parts{};
      std::array<mmsghdr, batch> messages{};
      std::size_t count = 0;
      for (; count < batch && count < queue_.size() && queue_[count].due <= now; ++count) {
        auto& waiting = queue_[count];
        parts[count] = {waiting.answer.data(), waiting.answer.size()};
        messages[count].msg_hdr = {&waiting.client, sizeof waiting.client, &parts[count], 1, nullptr, 0, 0};
      }
      const int sent = sendmmsg(socket_, messages.data(), static_cast<unsigned>(count), 0);
      // A client that has gone is skipped.
      for (int i = 0; i < std::max(sent, 1); ++i) queue_.pop_front();
    }
  }

  int socket_;
  std::chrono::milliseconds delay_;
  std::deque<Waiting> queue_;
};

std::optional<unsigned> number(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  const auto port = argc == 3 ? number(argv[1]) : std::nullopt;
  const auto delay = argc == 3 ? number(argv[2]) : std::nullopt;
  if (!port || *port > 65535 || !delay) {
    fmt::print(stderr, "{}", usage);
    return 2;
  }
  const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(*port));
  for (const int option : {SO_RCVBUFFORCE, SO_SNDBUFFORCE})
    setsockopt(fd, SOL_SOCKET, option, &buffer_size, sizeof buffer_size);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface's own way
  if (fd < 0 || bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    fmt::print(stderr, "port {}: {}\n", *port, std::strerror(errno));
    return 1;
  }
  Upstream{fd, std::chrono::milliseconds{*delay}}.run();
}
