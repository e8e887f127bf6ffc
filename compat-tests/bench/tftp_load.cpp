// Many TFTP clients in one process, for measuring servers: they share a socket, which is read and written in batches,
// and tell their transfers apart by the server's ports. What arrives is compared with the file.
#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <optional>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "wire/tftp_packet.hpp"

namespace {

using namespace swapmasq;
using Clock = std::chrono::steady_clock;

constexpr std::size_t batch = 64;
constexpr std::size_t largest = 2048;   // octets of a packet
constexpr std::size_t unanswered = 64;  // requests; the server's receive buffer takes more
constexpr std::chrono::seconds patience{1};

constexpr std::string_view usage =
    "usage: tftp_load SERVER NAME FILE [CLIENTS [BLKSIZE [WINDOWSIZE]]]\n"
    "\n"
    "Fetches NAME from SERVER (an IPv4 address) with CLIENTS at the same time and compares it with FILE. Prints\n"
    "  SECONDS MEGABYTES SHORTEST LONGEST REPEATED\n"
    "for all clients together, the duration of the fastest and of the slowest transfer, and how often one had to ask\n"
    "again because nothing came for a second.\n";

struct Load {
  Ipv4 server;
  std::string name;
  ByteView file;
  std::size_t clients = 1;
  std::uint32_t blksize = 512;
  std::uint32_t windowsize = 1;
};

struct Client {
  std::optional<std::uint16_t> port;  // the server's
  std::uint32_t window = 1;
  std::uint64_t expected = 1;  // the next block
  std::uint32_t unacknowledged = 0;
  bool gap_told = false;
  Clock::time_point asked;
  Clock::time_point heard;
  std::optional<Clock::time_point> finished;
};

[[noreturn]] void fail(const std::string& what) {
  fmt::print(stderr, "tftp_load: {}\n", what);
  std::exit(1);
}

// The socket with its batches.
class Socket {
 public:
  explicit Socket(Ipv4 server) {
    fd_ = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const int buffer = 64 << 20;
    const timeval timeout{.tv_sec = 0, .tv_usec = 100000};
    if (fd_ < 0 || setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout) != 0) fail(strerror(errno));
    setsockopt(fd_, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
    for (std::size_t i = 0; i < batch; ++i) {
      in_vectors_[i] = {.iov_base = in_octets_.data() + i * largest, .iov_len = largest};
      auto& in = in_[i].msg_hdr;
      in.msg_iov = &in_vectors_[i];
      in.msg_iovlen = 1;
      in.msg_name = &in_names_[i];
      out_names_[i].sin_family = AF_INET;
      out_names_[i].sin_addr.s_addr = htonl(server.value);
      auto& out = out_[i].msg_hdr;
      out.msg_iov = &out_vectors_[i];
      out.msg_iovlen = 1;
      out.msg_name = &out_names_[i];
      out.msg_namelen = sizeof out_names_[i];
    }
  }

  // Waits a little for the first datagram and takes what has come: visit(port, octets).
  template <typename Visit>
  void receive(const Visit& visit) {
    for (auto& message : in_) message.msg_hdr.msg_namelen = sizeof(sockaddr_in);
    const int count = ::recvmmsg(fd_, in_.data(), batch, MSG_WAITFORONE, nullptr);
    const ByteView octets{in_octets_};
    for (std::size_t i = 0; count > 0 && i < static_cast<std::size_t>(count); ++i) {
      visit(ntohs(in_names_[i].sin_port), octets.subspan(i * largest, std::min<std::size_t>(in_[i].msg_len, largest)));
    }
  }

  void send(std::uint16_t port, Bytes octets) {
    out_octets_[queued_] = std::move(octets);
    out_vectors_[queued_] = {.iov_base = out_octets_[queued_].data(), .iov_len = out_octets_[queued_].size()};
    out_names_[queued_].sin_port = htons(port);
    if (++queued_ == batch) flush();
  }

  void flush() {
    for (unsigned sent = 0; sent < queued_;) {
      const int count = ::sendmmsg(fd_, &out_[sent], static_cast<unsigned>(queued_) - sent, 0);
      if (count < 0) fail(fmt::format("send: {}", strerror(errno)));
      sent += static_cast<unsigned>(count);
    }
    queued_ = 0;
  }

 private:
  int fd_ = -1;
  std::vector<std::uint8_t> in_octets_ = std::vector<std::uint8_t>(batch * largest);
  std::array<iovec, batch> in_vectors_{};
  std::array<sockaddr_in, batch> in_names_{};
  std::array<mmsghdr, batch> in_{};
  std::array<Bytes, batch> out_octets_;
  std::array<iovec, batch> out_vectors_{};
  std::array<sockaddr_in, batch> out_names_{};
  std::array<mmsghdr, batch> out_{};
  std::size_t queued_ = 0;
};

class Clients {
 public:
  explicit Clients(const Load& load) : load_(load), socket_(load.server), clients_(load.clients) {}

  void run() {
    const auto begun = Clock::now();
    while (finished_ < clients_.size()) {
      while (asked_ < clients_.size() && asked_ - answered_ < unanswered) ask(clients_[asked_++]);
      socket_.flush();
      now_ = Clock::now();
      socket_.receive([this](std::uint16_t port, ByteView octets) { packet(port, octets); });
      if (Clock::now() - swept_ > patience / 4) repeat();
    }
    socket_.flush();
    report(Clock::now() - begun);
  }

 private:
  void ask(Client& client) {
    Bytes request{0, 1};
    const auto add = [&request](std::string_view text) {
      request.insert(request.end(), text.begin(), text.end());
      request.push_back(0);
    };
    add(load_.name);
    add("octet");
    if (load_.blksize != 512) add("blksize"), add(fmt::format("{}", load_.blksize));
    if (load_.windowsize != 1) add("windowsize"), add(fmt::format("{}", load_.windowsize));
    client.asked = client.heard = Clock::now();
    socket_.send(69, std::move(request));
  }

  void acknowledge(Client& client) {
    const auto block = static_cast<std::uint16_t>(client.expected - 1);
    client.unacknowledged = 0;
    socket_.send(*client.port, {0, 4, static_cast<std::uint8_t>(block >> 8), static_cast<std::uint8_t>(block & 255)});
  }

  // A new port belongs to the first request that has no answer yet.
  Client* client_of(std::uint16_t port) {
    if (const auto known = by_port_.find(port); known != by_port_.end()) return known->second;
    if (answered_ == asked_) return nullptr;
    auto& client = clients_[answered_++];
    client.port = port;
    by_port_.emplace(port, &client);
    return &client;
  }

  void packet(std::uint16_t port, ByteView octets) {
    if (octets.size() < 4) return;
    auto* const client = client_of(port);
    if (client == nullptr) return socket_.send(port, wire::make_tftp_error(wire::TftpErrorCode::not_defined, "late"));
    client->heard = now_;
    const int opcode = octets[0] * 256 + octets[1];
    if (opcode == static_cast<int>(wire::TftpOpcode::oack)) {
      accept(*client, octets.subspan(2));
    } else if (opcode == static_cast<int>(wire::TftpOpcode::data)) {
      data(*client, static_cast<std::uint16_t>(octets[2] * 256 + octets[3]), octets.subspan(4));
    } else {
      fail(fmt::format("the server says: {}", to_text(octets.subspan(4))));
    }
  }

  void accept(Client& client, ByteView options) {
    std::vector<std::string> words(1);
    for (const auto octet : options) {
      if (octet != 0) {
        words.back().push_back(static_cast<char>(octet));
      } else {
        words.emplace_back();
      }
    }
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
      std::uint32_t value = 0;
      const auto& text = words[i + 1];
      std::from_chars(text.data(), text.data() + text.size(), value);
      if (words[i] == "windowsize") client.window = value;
      if (words[i] == "blksize" && value != load_.blksize) fail(fmt::format("the server offers blksize {}", value));
    }
    acknowledge(client);
  }

  void data(Client& client, std::uint16_t block, ByteView payload) {
    if (block != static_cast<std::uint16_t>(client.expected)) {
      if (!client.finished && !std::exchange(client.gap_told, true)) acknowledge(client);
      return;
    }
    const auto offset = (client.expected - 1) * load_.blksize;
    const auto rest = load_.file.subspan(std::min<std::size_t>(offset, load_.file.size()));
    const auto wanted = rest.first(std::min<std::size_t>(rest.size(), load_.blksize));
    if (!std::equal(payload.begin(), payload.end(), wanted.begin(), wanted.end())) {
      fail(fmt::format("block {} is not what the file has", client.expected));
    }
    ++client.expected;
    client.gap_told = false;
    const bool last = payload.size() < load_.blksize;
    if (last || ++client.unacknowledged == client.window) acknowledge(client);
    if (!last) return;
    client.finished = now_;
    ++finished_;
  }

  void repeat() {
    const auto now = Clock::now();
    for (std::size_t i = 0; i < asked_; ++i) {
      auto& client = clients_[i];
      if (client.finished || now - client.heard < patience) continue;
      ++repeated_;
      const auto asked = client.asked;
      if (client.port) {
        acknowledge(client);
      } else {
        ask(client);
        client.asked = asked;
      }
      client.heard = now;
    }
    swept_ = now;
  }

  void report(Clock::duration whole) const {
    const auto seconds = [](Clock::duration time) { return std::chrono::duration<double>(time).count(); };
    double shortest = seconds(whole);
    double longest = 0;
    for (const auto& client : clients_) {
      const double took = seconds(*client.finished - client.asked);
      shortest = std::min(shortest, took);
      longest = std::max(longest, took);
    }
    const auto octets = static_cast<double>(load_.file.size() * clients_.size());
    fmt::print("{:.6f} {:.3f} {:.6f} {:.6f} {}\n", seconds(whole), octets / 1e6, shortest, longest, repeated_);
  }

  const Load& load_;
  Socket socket_;
  std::vector<Client> clients_;
  std::unordered_map<std::uint16_t, Client*> by_port_;
  std::size_t asked_ = 0;
  std::size_t answered_ = 0;
  std::size_t finished_ = 0;
  std::size_t repeated_ = 0;
  Clock::time_point now_ = Clock::now();
  Clock::time_point swept_ = Clock::now();
};

ByteView map_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (fd < 0 || fstat(fd, &status) != 0) fail(fmt::format("{}: {}", path, strerror(errno)));
  const auto size = static_cast<std::size_t>(status.st_size);
  void* const octets = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
  if (octets == MAP_FAILED) fail(fmt::format("{}: {}", path, strerror(errno)));
  return {static_cast<const std::uint8_t*>(octets), size};
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const auto number = [&arguments](std::size_t index, std::uint32_t otherwise) {
    return arguments.size() > index ? static_cast<std::uint32_t>(std::stoul(arguments[index])) : otherwise;
  };
  const auto server = arguments.size() < 3 ? std::nullopt : Ipv4::parse(arguments[0]);
  if (!server) {
    fmt::print(stderr, "{}", usage);
    return 2;
  }
  const Load load{.server = *server,
                  .name = arguments[1],
                  .file = map_file(arguments[2]),
                  .clients = number(3, 1),
                  .blksize = number(4, 512),
                  .windowsize = number(5, 1)};
  Clients{load}.run();
  return 0;
}
