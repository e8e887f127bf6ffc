#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "dns/engine.hpp"
#include "dns/recording_carrier.hpp"
#include "log/recording_log.hpp"
#include "wire/dns_message.hpp"
#include "wire/dns_types.hpp"
#include "wire/reader.hpp"

namespace {

using namespace swapmasq;

settings::Dns settings_for_fuzzing() {
  settings::Dns dns;
  dns.cache_size = 8;
  dns.forward_max = 4;
  dns.bogus_priv = true;
  dns.bogus_nxdomain = {{Ipv4{0x42000000}, 8}};
  dns.ignore_addresses = {{Ipv4{0x43000000}, 8}};
  dns.aliases = {{Ipv4{0x44000000}, {}, Ipv4{0x45000000}, Ipv4{0xff000000}}};
  dns.filter_rrs = {wire::dns_type::aaaa, wire::dns_type::mx, wire::dns_type::any};
  dns.stop_rebind = true;
  dns.log_queries = {true, true, true, false, false};
  for (const auto* address : {"192.0.2.1", "192.0.2.2"}) {
    settings::DomainRule rule;
    rule.server = {*IpAddress::parse(address), 53, 0};
    dns.rules.push_back(rule);
  }
  return dns;
}

// Every reply must be a message that a client can read to its end.
void check(dns::Actions& out) {
  for (const auto& reply : out.replies) {
    wire::Reader in{reply.message};
    const auto header = wire::DnsHeader::read(in);
    if (!header || !header->qr) std::abort();
    const auto questions = wire::end_of_questions(reply.message, header->questions);
    if (!questions) std::abort();
    wire::DnsRecords records{reply.message, *header, *questions};
    while (records.next()) {
    }
    if (records.broken() || records.position() != reply.message.size()) std::abort();
  }
  out.replies.clear();
}

}  // namespace

// The input is a run of steps: an octet that says what, a length, and the message. Replies to sends get the id and the
// question that the send had, so that they come through to what reads the rest.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const settings::Dns settings = settings_for_fuzzing();
  log::RecordingLog log;
  std::uint32_t random = 0;
  dns::RecordingCarrier carrier;
  const auto& sends = carrier.sends;
  dns::Engine engine{
      settings,
      {log, carrier, [&] { return ++random; }, [](std::string_view name) { return std::optional{std::string{name}}; }}};
  TimePoint now = at_seconds(1'000'000);
  dns::Actions out;
  wire::Reader in{{data, size}};
  while (const auto step = in.u8()) {
    const auto length = in.u16();
    if (!length) break;
    const auto message = in.bytes(std::min<std::size_t>(*length, in.left()));
    dns::Client client;
    client.endpoint = {Ipv4{1}, static_cast<std::uint16_t>(1 + (*step >> 4)), 0};
    client.tcp = (*step & 8) != 0;
    if ((*step & 3) == 0 || sends.empty()) {
      engine.receive({*message, client}, now, out);
    } else if ((*step & 3) == 3) {
      now += std::chrono::milliseconds{*length * 10};
      engine.tick(now, out);
    } else {
      const auto& send = sends[(*step >> 4) % sends.size()];
      wire::Writer reply;
      const auto end = wire::end_of_questions(send.message, 1).value_or(0);
      if ((*step & 3) == 1 && message->size() > wire::dns_header_size) {
        reply.bytes(ByteView{send.message}.first(2));
        reply.bytes(message->subspan(2, wire::dns_header_size - 2));
        reply.put_u16_at(4, 1);
        reply.bytes(ByteView{send.message}.subspan(wire::dns_header_size, end - wire::dns_header_size));
        reply.bytes(message->subspan(wire::dns_header_size));
      } else {
        reply.bytes(*message);
      }
      engine.upstream_reply(send.id, reply.view(), now, out);
    }
    check(out);
    out.clear();
  }
  engine.log_statistics({}, now, true);
  return 0;
}
