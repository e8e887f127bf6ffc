#include "dns/parsed_query.hpp"

#include <algorithm>

#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

constexpr std::uint16_t plain_udp_size = 512;  // RFC 1035 section 2.3.4

void read_additionals(ParsedQuery& query) {
  query.end = query.questions_end;
  wire::DnsRecords records{query.message, query.header, query.questions_end};
  while (const auto record = records.next()) {
    query.end = record->end();
    query.transaction_signed = false;
    if (record->section != wire::DnsSection::additional) continue;
    ++query.additionals;
    if (record->type == wire::dns_type::opt) {
      query.edns = wire::Edns::from(query.message, *record);
      query.edns_size_at = record->ttl_at - 2;
    }
    query.transaction_signed = record->type == wire::dns_type::tsig;
  }
  if (records.broken()) query.edns.reset();
}

}  // namespace

bool ParsedQuery::is_in() const { return question.klass == wire::dns_class::in; }

ParsedQuery parse_query(ByteView message) {
  using Verdict = ParsedQuery::Verdict;
  ParsedQuery query;
  query.message = message;
  wire::Reader in{message};
  const auto header = wire::DnsHeader::read(in);
  if (!header || header->qr) return query;
  query.header = *header;
  const auto questions_end = wire::end_of_questions(message, header->questions);
  query.questions_end = questions_end.value_or(wire::dns_header_size);
  if (questions_end) read_additionals(query);

  if (header->opcode != 0) {
    query.verdict = questions_end ? Verdict::other_opcode : Verdict::other_opcode_unanswerable;
    return query;
  }
  query.verdict = questions_end ? Verdict::invalid : Verdict::unanswerable;
  if (header->questions != 1 || header->answers != 0 || header->authorities != 0 || !questions_end) return query;
  const auto question = wire::read_question(message);
  if (!question) return query;
  query.question = *question;
  query.name = question->name.lower();
  if (question->type == wire::dns_type::tkey && query.additionals != 0) query.transaction_signed = true;
  query.verdict = Verdict::good;
  return query;
}

std::size_t udp_limit(const ParsedQuery& query, std::uint16_t edns_packet_max) {
  if (!query.edns) return plain_udp_size;
  return std::min(std::max(query.edns->udp_size, plain_udp_size), edns_packet_max);
}

}  // namespace swapmasq::dns
