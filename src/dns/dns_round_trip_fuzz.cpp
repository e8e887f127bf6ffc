#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <vector>

#include "dns/rdata.hpp"
#include "dns/reply_writer.hpp"
#include "wire/dns_types.hpp"

namespace {

using namespace swapmasq;

struct Understood {
  wire::DnsSection section;
  std::string owner;  // lower case
  std::uint16_t type;
  std::uint16_t klass;
  std::uint32_t ttl;
  Bytes rdata;

  bool operator==(const Understood&) const = default;
};

std::vector<Understood> understand(ByteView message, const wire::DnsHeader& header, std::size_t start) {
  std::vector<Understood> found;
  wire::DnsRecords records{message, header, start};
  while (const auto record = records.next()) {
    const auto owner = wire::name_at(message, record->start);
    auto rdata = dns::standalone_rdata(message, *record, dns::NameCase::lower);
    if (!owner || !rdata || record->type == wire::dns_type::opt) continue;
    found.push_back({record->section, std::string{owner->lower().wire()}, record->type, record->klass, record->ttl,
                     std::move(*rdata)});
  }
  return found;
}

}  // namespace

// Reads the records of a message, writes those that make sense as a reply to the message's own question, and must read
// the same out of that.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes question{data, data + size};
  if (question.size() < wire::dns_header_size) return 0;
  question[2] &= 0x07;  // a query, whatever it was
  std::fill(question.begin() + 6, question.begin() + wire::dns_header_size, std::uint8_t{0});
  const auto query = dns::parse_query(question);
  if (query.verdict != dns::ParsedQuery::Verdict::good) return 0;
  const ByteView message{data, size};
  wire::Reader in{message};
  const auto records = understand(message, *wire::DnsHeader::read(in), query.questions_end);

  dns::ReplyWriter out{query, std::numeric_limits<std::uint16_t>::max()};
  for (const auto& record : records)
    out.add(record.section, record.owner, {record.type, record.klass, record.ttl, record.rdata});
  if (out.truncated()) return 0;
  const auto written = out.finish(false, wire::dns_rcode::no_error, std::nullopt);
  wire::Reader again{written};
  const auto header = wire::DnsHeader::read(again);
  if (!header || understand(written, *header, query.questions_end) != records) std::abort();
  return 0;
}
