// What TFTP without windows costs at least: a socket for each transfer, and for each block the receiving of an ACK and
// the sending of a packet that is ready. No names, no time-outs, no repeats, no log: a server can at best come near.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <string>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <unordered_map>

#include "base/bytes.hpp"
#include "wire/tftp_packet.hpp"
#include "wire/writer.hpp"

namespace {

using namespace swapmasq;

constexpr std::uint16_t tftp_port = 69;
constexpr std::size_t largest = 512;  // octets of what clients send
constexpr int most_ready = 128;

constexpr std::string_view usage =
    "usage: tftp_floor FILE\n"
    "\n"
    "Sends FILE to every TFTP client that asks for whatever, block by block, until it is ended.\n";

[[noreturn]] void fail(std::string_view what) {
  fmt::print(stderr, "tftp_floor: {}: {}\n", what, strerror(errno));
  std::exit(1);
}

int open_socket(const sockaddr_in* peer) {
  const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in local{};
  local.sin_family = AF_INET;
  local.sin_port = htons(peer == nullptr ? tftp_port : 0);
  const void* bound = &local;
  if (fd < 0 || ::bind(fd, static_cast<const sockaddr*>(bound), sizeof local) != 0) fail("no socket");
  const void* remote = peer;
  if (peer != nullptr && ::connect(fd, static_cast<const sockaddr*>(remote), sizeof *peer) != 0) fail("no connection");
  return fd;
}

class File {
 public:
  explicit File(const char* path) {
    const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (fd < 0 || fstat(fd, &status) != 0) fail(path);
    size_ = static_cast<std::size_t>(status.st_size);
    octets_ = static_cast<std::uint8_t*>(::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0));
    if (octets_ == MAP_FAILED) fail(path);
  }
  ByteView block(std::uint64_t number, std::size_t size) const {
    const auto begin = std::min<std::uint64_t>((number - 1) * size, size_);
    return ByteView{octets_, size_}.subspan(begin, std::min<std::size_t>(size, size_ - begin));
  }

 private:
  std::uint8_t* octets_ = nullptr;
  std::size_t size_ = 0;
};

struct Transfer {
  std::size_t block_size = 512;
  std::uint64_t acknowledged = 0;
};

void send_block(int fd, const File& file, const Transfer& transfer) {
  const auto number = transfer.acknowledged + 1;
  std::array<std::uint8_t, wire::TftpDataPackets::header_size> header{
      0, static_cast<std::uint8_t>(wire::TftpOpcode::data), static_cast<std::uint8_t>(number >> 8),
      static_cast<std::uint8_t>(number)};
  const auto payload = file.block(number, transfer.block_size);
  // writev does not write through iov_base.
  const std::array<iovec, 2> parts{
      {{header.data(), header.size()}, {const_cast<std::uint8_t*>(payload.data()), payload.size()}}};
  if (::writev(fd, parts.data(), parts.size()) < 0) fail("cannot send");
}

class Server {
 public:
  explicit Server(const File& file) : file_(file) { watch(requests_); }

  [[noreturn]] void run() {
    std::array<epoll_event, most_ready> ready{};
    for (;;) {
      const int count = ::epoll_wait(epoll_, ready.data(), most_ready, -1);
      for (int i = 0; i < count; ++i) {
        const int fd = ready[static_cast<std::size_t>(i)].data.fd;
        fd == requests_ ? begin() : proceed(fd);
      }
    }
  }

 private:
  void watch(int fd) {
    epoll_event event{.events = EPOLLIN, .data = {.fd = fd}};
    if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) != 0) fail("epoll");
  }

  void begin() {
    sockaddr_in peer{};
    socklen_t length = sizeof peer;
    void* const name = &peer;
    std::array<std::uint8_t, largest> octets{};
    const auto size = ::recvfrom(requests_, octets.data(), octets.size(), 0, static_cast<sockaddr*>(name), &length);
    if (size < 0) return;
    const auto request = wire::read_tftp_request(ByteView{octets}.first(static_cast<std::size_t>(size)));
    if (!request) return;
    const int fd = open_socket(&peer);
    auto& transfer = transfers_[fd];
    transfer.block_size = request->options.blksize.value_or(transfer.block_size);
    watch(fd);
    if (!request->options.blksize) return send_block(fd, file_, transfer);
    const auto oack = wire::make_tftp_oack({.blksize = request->options.blksize});
    if (::send(fd, oack.data(), oack.size(), 0) < 0) fail("cannot send");
  }

  void proceed(int fd) {
    std::array<std::uint8_t, largest> octets{};
    const auto size = ::recv(fd, octets.data(), octets.size(), 0);
    auto& transfer = transfers_.at(fd);
    const auto block =
        size < 0 ? std::nullopt : wire::read_tftp_ack(ByteView{octets}.first(static_cast<std::size_t>(size)));
    if (!block) return;
    const bool oack = transfer.acknowledged == 0 && *block == 0;
    const auto expected = transfer.acknowledged + (oack ? 0 : 1);
    if (static_cast<std::uint16_t>(expected) != *block) return;
    transfer.acknowledged = expected;
    const bool all = !oack && file_.block(expected, transfer.block_size).size() < transfer.block_size;
    if (!all) return send_block(fd, file_, transfer);
    transfers_.erase(fd);
    ::close(fd);
  }

  const File& file_;
  int requests_ = open_socket(nullptr);
  int epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
  std::unordered_map<int, Transfer> transfers_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "{}", usage);
    return 2;
  }
  const File file{argv[1]};
  Server{file}.run();
}
