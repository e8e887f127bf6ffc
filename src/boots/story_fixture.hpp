// The stage for tests of the trace: a clock that tests set, and clients that speak real DHCP messages.
#pragma once

#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "boots/outcome.hpp"
#include "boots/trace.hpp"
#include "wire/dhcp4_message_fixture.hpp"

namespace swapmasq::boots {

using namespace std::chrono_literals;

inline Ipv4 ip(std::string_view text) { return Ipv4::parse(text).value(); }
inline HardwareAddress mac(std::uint8_t client = 1) {
  return HardwareAddress::from(1, Bytes{0x52, 0x54, 0, 0, 0, client});
}

// A message under construction.
struct Packet : wire::Dhcp4Draft {
  explicit Packet(unsigned type = 0) {
    if (type != 0) option(53, {static_cast<std::uint8_t>(type)});
  }

  Packet& option(std::uint8_t code, Bytes data) {
    options.emplace_back(code, std::move(data));
    return *this;
  }
  Packet& text(std::uint8_t code, std::string_view value) { return option(code, to_bytes(value)); }
  Packet& architecture(std::uint8_t number) { return option(93, {0, number}); }
  Packet& xid(std::uint32_t id) {
    header.xid = id;
    return *this;
  }
};

inline Packet pxe(unsigned type, std::uint8_t architecture = 0) {
  return Packet{type}.text(60, "PXEClient:Arch:00000:UNDI:002001").architecture(architecture);
}
inline Packet ipxe(unsigned type, std::uint8_t architecture = 0) {
  return pxe(type, architecture).text(77, "iPXE").option(175, {1, 1, 1});
}
inline Packet of_system(unsigned type) { return Packet{type}.text(60, "anaconda-Linux"); }

class FakeBook : public AddressBook {
 public:
  std::optional<HardwareAddress> hardware_of(const IpAddress& address, unsigned) const override {
    ++questions;
    const auto found = entries.find(address);
    return found == entries.end() ? std::nullopt : std::optional{found->second};
  }

  std::map<IpAddress, HardwareAddress> entries;
  mutable int questions = 0;
};

class StoryTest : public testing::Test {
 protected:
  static constexpr std::string_view own = "10.77.0.1";

  explicit StoryTest(Limits limits = {}) : trace(book, limits) {
    surroundings.own_addresses = {ip(own)};
    surroundings.tftp = true;
  }

  void hear(const Packet& packet, bool pxe_port = false, std::optional<Ipv4> other_server = std::nullopt) {
    const auto bytes = packet.bytes();
    const auto message = wire::Dhcp4Message::parse(bytes).value();
    trace.heard({message, mac(client), "eth0", pxe_port, other_server}, now);
    now += 100ms;
  }
  void answer(Packet packet, std::string_view address, std::string_view file, std::string_view next_server = own) {
    packet.header.op = 2;
    packet.header.yiaddr = ip(address);
    packet.header.siaddr = ip(next_server);
    packet.file = file;
    const auto octets = ip(own).octets();
    packet.option(54, {octets.begin(), octets.end()});
    const auto bytes = packet.bytes();
    trace.answered(mac(client), wire::Dhcp4Message::parse(bytes).value(), now);
    now += 100ms;
  }

  // DISCOVER and REQUEST with their answers.
  void lease(Packet (*program)(unsigned, std::uint8_t), std::uint8_t architecture, std::string_view file,
             std::string_view next_server = own) {
    hear(program(1, architecture));
    answer(Packet{2}, "10.77.0.100", file, next_server);
    hear(program(3, architecture));
    answer(Packet{5}, "10.77.0.100", file, next_server);
  }

  std::uint64_t begin(std::string_view path, std::uint64_t size = 1000, bool size_asked = false) {
    trace.began({.id = ++transfers,
                 .client = ip("10.77.0.100"),
                 .path = path,
                 .size = size,
                 .block_size = 500,
                 .size_asked = size_asked},
                now);
    now += 100ms;
    return transfers;
  }
  void end(FileRequest::Result result, std::uint64_t blocks = 2, std::uint16_t error = 0, std::string_view text = "") {
    trace.ended({transfers, result, blocks, 0, error, text}, now);
    now += 100ms;
  }
  void fetch(std::string_view path) {
    begin(path);
    end(FileRequest::Result::sent);
  }
  void refuse(std::string_view path, FileRequest::Result result) {
    trace.refused({ip("10.77.0.100"), 0, path, result, "no"}, now);
    now += 100ms;
  }

  const Client& latest() const { return trace.clients().front(); }
  const Boot& boot() const { return latest().boots.back(); }
  Outcome outcome() const { return judge(boot(), surroundings, now); }
  // The name of the rule, after a while of silence.
  std::string cause() {
    now += 60s;
    return std::string{outcome().cause};
  }

  FakeBook book;
  BootTrace trace;
  TimePoint now = at_seconds(1795168000);
  Surroundings surroundings;
  std::uint8_t client = 1;
  std::uint64_t transfers = 0;
};

}  // namespace swapmasq::boots
