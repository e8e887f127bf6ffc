#include "upstream.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <sstream>

namespace swapmasq::compat {

namespace {

constexpr int tcp_limit_ms = 1000;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::uint16_t rcode_of(const std::string& kind) {
  if (kind == "NXDOMAIN") return 3;
  if (kind == "REFUSED") return 5;
  if (kind == "SERVFAIL") return 2;
  return 0;
}

}  // namespace

void Upstream::listen(const Network& network, Ipv4 address, std::uint16_t port) {
  auto socket = std::make_unique<Socket>();
  socket->address = address;
  network.in_client([&] {
    socket->udp = bound_socket(SOCK_DGRAM, {address, port, 0});
    socket->tcp = bound_socket(SOCK_STREAM, {address, port, 0}, true);
  });
  checked(::listen(socket->tcp.get(), 5), "listen");
  const Socket& reference = *socket;
  loop_.watch(reference.udp, [this, &reference] { serve_udp(reference); });
  loop_.watch(reference.tcp, [this, &reference] { serve_tcp(reference); });
  sockets_.push_back(std::move(socket));
}

void Upstream::add_row(const Step& step) {
  static const std::array<std::string_view, 6> kinds{"NXDOMAIN", "NODATA", "REFUSED",
                                                     "SERVFAIL", "SILENT", "TRUNCATED"};
  const std::string name = lower(step.word(0));
  const std::string& type = step.word(1);
  if (std::find(kinds.begin(), kinds.end(), type) == kinds.end()) {
    records_.emplace(name, make_record(step.word(0), type, step.word(2), step.number_or("ttl", 300)));
    return;
  }
  Behaviour behaviour{type, {}};
  if (const auto soa = step.argument("soa")) {
    std::istringstream words{*soa};
    std::string zone;
    std::uint32_t ttl = 0;
    words >> zone >> ttl;
    behaviour.authorities.push_back(
        make_record(zone, "SOA", fmt::format("ns.{0} hostmaster.{0} 1 3600 600 86400 {1}", zone, ttl), ttl));
  }
  behaviours_[name] = std::move(behaviour);
}

Bytes Upstream::answer(ByteView query, bool over_udp) const {
  const auto question = read_question(query);
  if (!question) return {};
  std::string name = lower(question->name);
  if (const auto found = behaviours_.find(name); found != behaviours_.end()) {
    if (found->second.kind == "SILENT") return {};
    if (found->second.kind != "TRUNCATED") {
      return build_dns_answer(*question, rcode_of(found->second.kind), false, {}, found->second.authorities);
    }
    if (over_udp) return build_dns_answer(*question, 0, true, {}, {});
  }
  std::vector<DnsRecord> answers;
  bool exists = false;
  for (int aliases = 0; aliases < 8; ++aliases) {
    std::string target;
    const auto [first, last] = records_.equal_range(name);
    for (auto row = first; row != last; ++row) {
      exists = true;
      const bool alias = row->second.type == dns_type("CNAME");
      if (!alias && row->second.type != question->type) continue;
      answers.push_back(row->second);
      if (alias && question->type != dns_type("CNAME")) {
        target = lower(row->second.text);
      }
    }
    if (target.empty()) break;
    name = target;
  }
  return build_dns_answer(*question, exists ? 0 : 3, false, answers, {});
}

void Upstream::report_query(const Socket& socket, const char* transport, ByteView query) const {
  report_(fmt::format("  {} {} is asked, {} octets\n{}", transport, socket.address.to_string(), query.size(),
                      describe_dns(query, {.ttl = false, .id = true, .order = false})));
}

void Upstream::serve_udp(const Socket& socket) {
  const Datagram query = receive_from(socket.udp);
  report_query(socket, "UDP", query.octets);
  if (const Bytes reply = answer(query.octets, true); !reply.empty()) send_to(socket.udp, reply, query.from);
}

void Upstream::serve_tcp(const Socket& socket) {
  Endpoint peer;
  const Fd connection = accept_from(socket.tcp, peer);
  const Bytes query = receive_dns_stream(connection, tcp_limit_ms);
  if (query.empty()) return;
  report_query(socket, "TCP", query);
  if (const Bytes reply = answer(query, false); !reply.empty()) send_dns_stream(connection, reply);
}

}  // namespace swapmasq::compat
