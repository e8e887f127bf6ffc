// For the engine's tests: a virtual clock, a scripted upstream (the test plays it), recorded lines, and messages in
// hexadecimal as they were observed.
#pragma once

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dns/engine.hpp"
#include "dns/recording_carrier.hpp"
#include "log/recording_log.hpp"
#include "wire/dns_message.hpp"
#include "wire/dns_types.hpp"
#include "wire/writer.hpp"

namespace swapmasq::dns {

inline Bytes hex(std::string_view text) {
  Bytes out;
  std::string pair;
  for (const char c : text) {
    if (c == ' ') continue;
    pair += c;
    if (pair.size() < 2) continue;
    out.push_back(static_cast<std::uint8_t>(std::stoul(pair, nullptr, 16)));
    pair.clear();
  }
  return out;
}

inline std::string plain_hex(ByteView bytes) {
  auto text = to_hex(bytes);
  std::erase(text, ':');
  return text;
}

inline Bytes name_octets(std::string_view text) {
  wire::Writer out;
  wire::DnsName::from_text(text)->write(out);
  return out.take();
}

// A record for scripted replies.
struct Rr {
  std::string owner;
  std::uint16_t type;
  std::uint32_t ttl;
  Bytes rdata;
};

inline Rr a(std::string owner, std::string_view address, std::uint32_t ttl = 300) {
  wire::Writer out;
  out.ipv4(*Ipv4::parse(address));
  return {std::move(owner), wire::dns_type::a, ttl, out.take()};
}

inline Rr cname(std::string owner, std::string_view target, std::uint32_t ttl = 300) {
  return {std::move(owner), wire::dns_type::cname, ttl, name_octets(target)};
}

inline Rr soa(std::string owner, std::uint32_t ttl, std::uint32_t minimum) {
  wire::Writer out;
  out.bytes(name_octets("ns.test"));
  out.bytes(name_octets("root.test"));
  for (const std::uint32_t number : {1U, 2U, 3U, 4U, minimum}) out.u32(number);
  return {std::move(owner), wire::dns_type::soa, ttl, out.take()};
}

class EngineFixture : public testing::Test {
 protected:
  static constexpr std::uint16_t id = 0x1234;

  void start() {
    engine_ = std::make_unique<Engine>(
        settings_, Surroundings{log_, carrier_, [this] { return ++random_; },
                                [](std::string_view name) { return std::optional{std::string{name}}; }});
    log_.take_texts();
  }

  void serve(std::string_view address, settings::DomainPattern pattern = {}) {
    settings::DomainRule rule;
    rule.pattern = std::move(pattern);
    rule.server = {*IpAddress::parse(address), 53, 0};
    settings_.rules.push_back(rule);
  }

  void hosts(std::string text) {
    const std::vector<HostsText> files{{"/etc/hosts", std::move(text)}};
    engine_->load_hosts(files, now_);
    log_.take_texts();
  }

  static Client client(std::uint16_t port = 5000) {
    Client from;
    from.endpoint = {Ipv4{0x0a630002}, port, 0};
    from.local = Ipv4{0x0a630001};
    return from;
  }

  static Bytes question(std::string_view name, std::uint16_t type, std::uint16_t message_id = id,
                        std::uint16_t flags = 0x0100, bool edns = false) {
    wire::Writer out;
    out.u16(message_id);
    out.u16(flags);
    for (const auto count : {1, 0, 0, edns ? 1 : 0}) out.u16(static_cast<std::uint16_t>(count));
    out.bytes(name_octets(name));
    out.u16(type);
    out.u16(wire::dns_class::in);
    if (edns) out.bytes(hex("00 0029 04d0 00000000 0000"));
    return out.take();
  }

  void ask(const Bytes& message, const Client& from = client()) { engine_->receive({message, from}, now_, out_); }
  void ask(std::string_view name, std::uint16_t type = wire::dns_type::a) { ask(question(name, type)); }

  // The reply's message in hexadecimal; empty when there is none.
  std::string reply() {
    if (out_.replies.empty()) return {};
    const auto text = plain_hex(out_.replies.front().message);
    out_.replies.erase(out_.replies.begin());
    return text;
  }

  // What upstream answers to a send, in its words.
  static Bytes answer_to(const UpstreamSend& send, const std::vector<Rr>& answers = {}, std::uint16_t flags = 0x8180,
                         const std::vector<Rr>& authority = {}) {
    wire::Writer out;
    const auto end = *wire::end_of_questions(send.message, 1);
    out.bytes(ByteView{send.message}.first(end));
    out.put_u16_at(2, flags);
    out.put_u16_at(6, static_cast<std::uint16_t>(answers.size()));
    out.put_u16_at(8, static_cast<std::uint16_t>(authority.size()));
    out.put_u16_at(10, 0);
    for (const auto* section : {&answers, &authority}) {
      for (const auto& record : *section) {
        out.bytes(name_octets(record.owner));
        out.u16(record.type);
        out.u16(wire::dns_class::in);
        out.u32(record.ttl);
        out.u16(static_cast<std::uint16_t>(record.rdata.size()));
        out.bytes(record.rdata);
      }
    }
    return out.take();
  }

  void upstream(const UpstreamSend& send, const Bytes& message) {
    engine_->upstream_reply(send.id, message, now_, out_);
  }

  // The sends so far; forgets them.
  std::vector<UpstreamSend> sends() { return std::exchange(carrier_.sends, {}); }
  // Their servers.
  std::vector<std::string> asked() {
    std::vector<std::string> servers;
    for (const auto& send : sends()) servers.push_back(send.server.address.to_string());
    return servers;
  }

  void later(std::chrono::milliseconds time) {
    now_ += time;
    engine_->tick(now_, out_);
  }

  std::vector<std::string> lines() { return log_.take_texts(); }

  settings::Dns settings_ = [] {
    settings::Dns dns;
    dns.log_queries.enabled = true;
    return dns;
  }();
  log::RecordingLog log_;
  RecordingCarrier carrier_;
  std::unique_ptr<Engine> engine_;
  Actions out_;
  TimePoint now_ = at_seconds(1'000'000);
  std::uint32_t random_ = 0;
};

}  // namespace swapmasq::dns
