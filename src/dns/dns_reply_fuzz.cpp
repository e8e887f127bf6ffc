#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "dns/engine.hpp"
#include "dns/recording_carrier.hpp"
#include "log/recording_log.hpp"
#include "wire/dns_message.hpp"
#include "wire/dns_types.hpp"

namespace {

using namespace swapmasq;

// Every bit of `choice` is an option that has to do with answers.
settings::Dns settings_for(std::uint8_t choice) {
  const auto chosen = [choice](unsigned bit) { return (choice >> bit & 1U) != 0; };
  settings::Dns dns;
  dns.log_queries.enabled = true;
  if (chosen(0)) dns.cache_rrs = {wire::dns_type::any};
  if (chosen(1)) dns.stale_cache_ttl = 100;
  if (chosen(2)) dns.max_ttl = 60;
  if (chosen(3)) dns.filter_rrs = {wire::dns_type::a, wire::dns_type::cname, wire::dns_type::txt};
  if (chosen(4)) dns.stop_rebind = true;
  if (chosen(5)) dns.bogus_nxdomain = {{Ipv4{0}, 0}};
  if (chosen(6)) dns.aliases = {{Ipv4{0}, {}, Ipv4{0x45000000}, Ipv4{0xff000000}}};
  if (chosen(7)) dns.neg_ttl = 60;
  settings::DomainRule rule;
  rule.server = {Ipv4{0xc0000201}, 53, 0};
  dns.rules.push_back(rule);
  return dns;
}

bool readable(ByteView message) {
  wire::Reader in{message};
  const auto header = wire::DnsHeader::read(in);
  const auto questions = header ? wire::end_of_questions(message, header->questions) : std::nullopt;
  if (!questions) return false;
  wire::DnsRecords records{message, *header, *questions};
  while (records.next()) {
  }
  return !records.broken() && records.position() == message.size();
}

}  // namespace

// The input is an octet of options, the length of a query, the query, and what follows the question in upstream's
// answer (its flags and counts first). The answer must come through to the client, and so must the cache's, later.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wire::Reader in{{data, size}};
  const auto choice = in.u8();
  const auto length = in.u8();
  const auto query = length ? in.bytes(*length) : std::nullopt;
  const auto answer = query ? in.bytes(in.left()) : std::nullopt;
  constexpr std::size_t flags_and_counts = wire::dns_header_size - 2;
  if (!answer || answer->size() < flags_and_counts) return 0;

  const auto settings = settings_for(*choice);
  log::RecordingLog log;
  dns::RecordingCarrier carrier;
  dns::Engine engine{settings,
                     {log, carrier, [] { return 7U; }, [](std::string_view name) { return std::string{name}; }}};
  TimePoint now = at_seconds(1'000'000);
  for (int round = 0; round < 3; ++round, now += std::chrono::seconds{40}) {
    dns::Actions out;
    engine.receive({*query, {}}, now, out);
    for (const auto& send : std::exchange(carrier.sends, {})) {
      const auto end = wire::end_of_questions(send.message, 1);
      if (!end) std::abort();
      wire::Writer reply;
      reply.bytes(ByteView{send.message}.first(2));
      reply.bytes(answer->first(flags_and_counts));
      reply.put_u16_at(4, 1);
      reply.put_u8_at(2, static_cast<std::uint8_t>((*answer)[0] | 0x80));
      reply.bytes(ByteView{send.message}.subspan(wire::dns_header_size, *end - wire::dns_header_size));
      reply.bytes(answer->subspan(flags_and_counts));
      engine.upstream_reply(send.id, reply.view(), now, out);
    }
    for (const auto& reply : out.replies)
      if (!readable(reply.message)) std::abort();
  }
  return 0;
}
