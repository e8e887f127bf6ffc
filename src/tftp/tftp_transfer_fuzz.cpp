// The whole server against any sequence of packets and passing time. Each step of the input is a kind, a length, and
// the octets of a packet or an amount of time.
#include <chrono>
#include <cstdlib>

#include "log/recording_log.hpp"
#include "tftp/memory_files.hpp"
#include "tftp/recording_sockets.hpp"
#include "tftp/server.hpp"
#include "wire/reader.hpp"

namespace {

using namespace swapmasq;

class NoNeighbours : public tftp::Neighbours {
 public:
  std::optional<HardwareAddress> leased(Ipv4) const override { return std::nullopt; }
  std::optional<HardwareAddress> neighbour(const IpAddress&, unsigned) const override { return std::nullopt; }
};

void require(bool condition) {
  if (!condition) std::abort();
}

class Run {
 public:
  explicit Run(std::uint8_t mode) {
    settings_.root.assign(1, '/');
    settings_.single_port = (mode & 1) != 0;
    settings_.max_transfers = 3;
    files_.add("/f", Bytes(3000, '\n'));
    files_.add("/d", Bytes(10, 0)).read_error = EISDIR;
    if ((mode & 2) != 0) files_.at("/f").octets.resize(1'000'000);
  }

  void steps(wire::Reader in) {
    while (const auto kind = in.u8()) {
      const auto length = in.u8();
      const auto octets = length ? in.bytes(*length) : std::nullopt;
      if (!octets) break;
      step(*kind, *octets);
      sockets_.sent.clear();
      log_.lines.clear();
      require(server_.transfers() <= 4);
      require(files_.open_now() <= server_.transfers());
      require(settings_.single_port || sockets_.open_sockets.size() == server_.transfers());
      require(server_.next_event().has_value() == (server_.transfers() > 0));
    }
    finish();
  }

 private:
  void step(std::uint8_t kind, ByteView octets) {
    const Endpoint peer{.address = Ipv4{0x0a000002U + (kind >> 6)}, .port = 2070};
    switch (kind % 4) {
      case 0:
        if (server_.wants_requests()) {
          server_.receive_request({.octets = octets, .peer = peer, .local = Ipv4{0x0a000001}}, now_);
        }
        break;
      case 1:
        if (!sockets_.open_sockets.empty()) {
          server_.receive(sockets_.open_sockets.begin()->first, octets, peer, now_);
        }
        break;
      case 2:
        now_ += std::chrono::milliseconds{octets.size() * 100};
        server_.tick(now_);
        break;
      default:
        files_.at("/f").octets.resize(octets.size() * 20);
    }
  }

  // Time alone ends every transfer.
  void finish() {
    for (int i = 0; i < 10'000 && server_.transfers() > 0; ++i) {
      now_ = std::max(now_, *server_.next_event());
      server_.tick(now_);
      sockets_.sent.clear();
    }
    require(server_.transfers() == 0 && files_.open_now() == 0 && sockets_.open_sockets.empty());
  }

  settings::Tftp settings_;
  tftp::RecordingSockets sockets_;
  tftp::MemoryFiles files_;
  NoNeighbours neighbours_;
  log::RecordingLog log_;
  tftp::Server server_{settings_, {.max_transfers = 3}, sockets_, files_, neighbours_, log_};
  TimePoint now_ = at_seconds(1'700'000'000);
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wire::Reader in{{data, size}};
  if (const auto mode = in.u8()) Run{*mode}.steps(in);
  return 0;
}
