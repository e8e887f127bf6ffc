// A TFTP server on fake sockets and files, with a clock that tests turn.
#pragma once

#include <chrono>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "log/recording_log.hpp"
#include "tftp/memory_files.hpp"
#include "tftp/recording_sockets.hpp"
#include "tftp/server.hpp"
#include "wire/writer.hpp"

namespace swapmasq::tftp {

class FakeNeighbours : public Neighbours {
 public:
  std::optional<HardwareAddress> leased(Ipv4 address) const override {
    const auto found = leases.find(address);
    return found == leases.end() ? std::nullopt : std::optional{found->second};
  }
  std::optional<HardwareAddress> neighbour(const IpAddress& address, unsigned) const override {
    const auto found = neighbours.find(address.to_string());
    return found == neighbours.end() ? std::nullopt : std::optional{found->second};
  }

  std::map<Ipv4, HardwareAddress> leases;
  std::map<std::string, HardwareAddress> neighbours;
};

class RecordingAudience : public Audience {
 public:
  void file_sent(const SentFile& file) override { files.push_back(file); }
  void transfer_began(const TransferBegin& begin) override {
    story.push_back("began " + std::string{begin.path} + " " + std::to_string(begin.size) + " in blocks of " +
                    std::to_string(begin.block_size) + " by " + std::to_string(begin.window) +
                    (begin.size_asked ? " size asked" : ""));
  }
  void transfer_ended(const TransferEnd& end) override {
    static const std::vector<std::string> results{"sent", "client error", "timed out", "unreadable", "begun anew"};
    story.push_back(results.at(static_cast<std::size_t>(end.result)) + " after " + std::to_string(end.blocks) +
                    " blocks, " + std::to_string(end.retransmissions) + " sent again" +
                    (end.text.empty() ? "" : ", " + std::to_string(end.error) + " " + std::string{end.text}));
  }
  void request_refused(const TransferRefusal& refusal) override {
    story.push_back("refused " + std::string{refusal.path} + " with " +
                    std::to_string(static_cast<unsigned>(refusal.code)) + " " + std::string{refusal.text});
  }

  std::vector<SentFile> files;
  std::vector<std::string> story;
};

inline Bytes ack(unsigned block) {
  return {0, 4, static_cast<std::uint8_t>(block >> 8), static_cast<std::uint8_t>(block)};
}

// "\0" in `text` are NULs: the literal's own length counts.
template <std::size_t Size>
Bytes rrq(const char (&text)[Size]) {
  wire::Writer packet;
  packet.u16(1);
  packet.text({static_cast<const char*>(text), Size});
  return packet.take();
}

class ServerFixture : public testing::Test {
 protected:
  ServerFixture() {
    settings.enabled = true;
    settings.root = "/srv/tftp";
    interface.index = 3;
    interface.name = "eth0";
  }

  Server& server() {
    if (!server_) server_ = std::make_unique<Server>(settings, limits, sockets, files, neighbours, log, &audience);
    return *server_;
  }

  void request(const Bytes& octets) { request(octets, client); }
  void request(const Bytes& octets, const Endpoint& peer) {
    server().receive_request({.octets = octets, .peer = peer, .local = local, .interface = &interface, .listener = 5},
                             now);
  }

  // A packet to the transfer that began last.
  void packet(const Bytes& octets) { packet(octets, client); }
  void packet(const Bytes& octets, const Endpoint& from) {
    ASSERT_FALSE(sockets.open_sockets.empty());
    server().receive(sockets.open_sockets.rbegin()->first, octets, from, now);
  }

  void error(const Bytes& code_and_text) {
    wire::Writer octets;
    octets.u16(5);
    octets.bytes(code_and_text);
    packet(octets.take());
  }

  // Whole seconds.
  void advance(int seconds) {
    now += std::chrono::seconds{seconds};
    server().tick(now);
  }

  std::vector<std::string> sent() {
    std::vector<std::string> texts;
    for (const auto& datagram : sockets.take()) texts.push_back(to_text(datagram.octets));
    return texts;
  }

  // "DATA 1 (512)": the wire's block number and the length of the payload.
  std::vector<std::string> sent_blocks() {
    std::vector<std::string> texts;
    for (const auto& datagram : sockets.take()) {
      const auto& o = datagram.octets;
      const std::string kind = o.at(1) == 3 ? "DATA " : o.at(1) == 6 ? "OACK " : "ERROR ";
      texts.push_back(kind + std::to_string(o.at(2) * 256 + o.at(3)) + " (" + std::to_string(o.size() - 4) + ")");
    }
    return texts;
  }

  std::vector<std::string> lines() { return log.take_texts(); }

  settings::Tftp settings;
  ServerLimits limits;
  net::Interface interface;
  Endpoint client{.address = *Ipv4::parse("192.168.77.2"), .port = 2070};
  Endpoint other_client{.address = *Ipv4::parse("192.168.77.3"), .port = 2070};
  IpAddress local = *Ipv4::parse("192.168.77.1");
  TimePoint now = at_seconds(1'700'000'000);

  RecordingSockets sockets;
  MemoryFiles files;
  FakeNeighbours neighbours;
  log::RecordingLog log;
  RecordingAudience audience;

 private:
  std::unique_ptr<Server> server_;
};

using Texts = std::vector<std::string>;

}  // namespace swapmasq::tftp
