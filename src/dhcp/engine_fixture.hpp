// The stage for engine tests: eth0 10.77.0.1/24, a clock that tests set, recorded log lines, and a client that builds
// messages and takes replies apart.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dhcp/engine.hpp"
#include "dhcp/lease_file_format.hpp"
#include "log/recording_log.hpp"
#include "wire/dhcp4_message_fixture.hpp"

namespace swapmasq::dhcp {

class FixedNames : public HostNames {
 public:
  std::string name_of(Ipv4 address) const override {
    for (const auto& [name, a] : entries) {
      if (a == address) return name;
    }
    return {};
  }
  std::vector<Ipv4> addresses_of(std::string_view name) const override {
    std::vector<Ipv4> found;
    for (const auto& [n, a] : entries) {
      if (n == name) found.push_back(a);
    }
    return found;
  }

  std::vector<std::pair<std::string, Ipv4>> entries;
};

inline Ipv4 ip(std::string_view text) { return Ipv4::parse(text).value(); }

inline Bytes hex(std::string_view text) {
  Bytes octets;
  std::string digits;
  for (const char c : text) {
    if (c != ' ') digits += c;
  }
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    octets.push_back(static_cast<std::uint8_t>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  }
  return octets;
}

inline std::string hex_text(ByteView octets) {
  std::string text;
  for (const auto octet : octets) text += to_hex(ByteView{&octet, 1});
  return text;
}

// A client message under construction.
struct Message : wire::Dhcp4Draft {
  explicit Message(unsigned type = 0, std::uint8_t client = 1) {
    header.chaddr = {2, 0, 0, 0, 0, client};
    if (type != 0) options.push_back({53, {static_cast<std::uint8_t>(type)}});
  }

  Message& option(std::uint8_t code, Bytes data) {
    options.emplace_back(code, std::move(data));
    return *this;
  }
  Message& text(std::uint8_t code, std::string_view value) { return option(code, to_bytes(value)); }
  Message& address(std::uint8_t code, std::string_view value) {
    const auto octets = ip(value).octets();
    return option(code, {octets.begin(), octets.end()});
  }
  Message& ciaddr(std::string_view value) {
    header.ciaddr = ip(value);
    return *this;
  }
  Message& giaddr(std::string_view value) {
    header.giaddr = ip(value);
    return *this;
  }
};

inline Message discover(std::uint8_t client = 1) { return Message{1, client}; }
inline Message request(std::uint8_t client = 1) { return Message{3, client}; }
// As after an offer of this server.
inline Message selecting(std::string_view address, std::uint8_t client = 1) {
  return request(client).address(50, address).address(54, "10.77.0.1");
}

class EngineTest : public testing::Test {
 protected:
  explicit EngineTest(LeaseEventPolicy events = {}) : leases(1000, false, events) {
    net::Interface eth0;
    eth0.index = 2;
    eth0.name = "eth0";
    eth0.addresses = {{ip("10.77.0.1"), 24, ip("10.77.0.255"), "eth0", false}};
    interfaces = {eth0};
    settings.dhcp.no_ping = true;
    settings.dns.port = 0;
  }

  settings::DhcpRange& range(std::string_view start, std::string_view end, settings::LeaseTime lease = 43200) {
    settings::DhcpRange line;
    line.start = ip(start);
    line.end = ip(end);
    line.lease = lease;
    return settings.dhcp.ranges.emplace_back(line);
  }
  settings::DhcpRange& usual_range() { return range("10.77.0.100", "10.77.0.150"); }

  settings::DhcpHost& host(std::uint8_t client) {
    settings::DhcpHost line;
    line.hardware.push_back({std::nullopt, {2, 0, 0, 0, 0, client}});
    return settings.dhcp.hosts.emplace_back(line);
  }

  settings::DhcpOption& option(std::uint32_t code, Bytes data,
                               settings::DhcpOption::Encoding encoding = settings::DhcpOption::Encoding::bytes) {
    settings::DhcpOption line;
    line.code = code;
    line.data = std::move(data);
    line.encoding = encoding;
    return settings.dhcp.options.emplace_back(line);
  }
  settings::DhcpOption& text_option(std::uint32_t code, std::string_view text) {
    return option(code, to_bytes(text), settings::DhcpOption::Encoding::text);
  }

  Engine& engine() {
    if (!engine_)
      engine_ = std::make_unique<Engine>(
          settings, leases, names, log, [this] { return random; }, audience);
    return *engine_;
  }

  // Hands in a broadcast (or what `destination` says) and keeps the actions.
  std::optional<Send> give(const Message& message, std::string_view destination = "255.255.255.255",
                           std::string_view source = "0.0.0.0") {
    const auto bytes = message.bytes();
    actions = engine().receive({bytes, {ip(source), 68, 0}, ip(destination), 2, false}, interfaces, now);
    return sent();
  }

  // The only Send among the last actions.
  std::optional<Send> sent() const {
    std::optional<Send> found;
    for (const auto& action : actions) {
      if (const auto* send = std::get_if<Send>(&action)) found = *send;
    }
    return found;
  }

  std::vector<std::string> lines() { return log.take_texts(); }
  std::string lease_lines() const { return lease_file_text(leases); }

  static wire::Dhcp4Message parsed(const std::optional<Send>& send) {
    return wire::Dhcp4Message::parse(send.value().bytes).value();
  }
  // "53=02 54=0a4d0001 ... ff" as far as END.
  static std::string options_of(const std::optional<Send>& send) {
    if (!send) return "no reply";
    std::string text;
    for (const auto& option : wire::split_dhcp4_options(parsed(send).options())) {
      text += std::to_string(option.code) + "=" + hex_text(option.data) + " ";
    }
    return text + "ff";
  }
  static std::string option_of(const std::optional<Send>& send, std::uint8_t code) {
    if (!send) return "no reply";
    const auto data = wire::find_dhcp4_option(parsed(send).options(), code, 0);
    return data ? hex_text(*data) : "absent";
  }
  static std::string offered(const std::optional<Send>& send) {
    return send ? parsed(send).header.yiaddr.to_string() : "no reply";
  }

  settings::Settings settings;
  LeaseStore leases;
  FixedNames names;
  log::RecordingLog log;
  net::Interfaces interfaces;
  TimePoint now = at_seconds(1795168000);
  std::uint32_t random = 0;
  std::vector<Action> actions;
  Audience* audience = nullptr;

 private:
  std::unique_ptr<Engine> engine_;
};

}  // namespace swapmasq::dhcp
