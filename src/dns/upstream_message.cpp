#include "dns/upstream_message.hpp"

#include <algorithm>

#include "wire/writer.hpp"

namespace swapmasq::dns {

namespace {

constexpr unsigned scrambled_letters = 32;
constexpr std::uint8_t case_bit = 0x20;

bool is_letter(std::uint8_t octet) {
  const auto lower = static_cast<std::uint8_t>(octet | case_bit);
  return lower >= 'a' && lower <= 'z';
}

}  // namespace

Bytes upstream_message(const ParsedQuery& query, std::uint16_t id, std::uint16_t edns_packet_max, bool tcp) {
  wire::Writer out;
  out.bytes(query.message.first(query.end));
  auto header = query.header;
  header.id = id;
  header.additionals = query.additionals;
  if (!tcp && !query.transaction_signed) {
    if (query.edns) {
      out.put_u16_at(query.edns_size_at, edns_packet_max);
    } else {
      wire::Edns edns;
      edns.udp_size = edns_packet_max;
      if (edns.write(out)) ++header.additionals;
    }
  }
  header.overwrite(out);
  return out.take();
}

void scramble_case(Bytes& message, std::uint32_t random) {
  std::size_t at = wire::dns_header_size;
  unsigned letters = 0;
  // Label by label; a length octet is below 64 and so no letter's, but is stepped over all the same.
  while (at < message.size() && message[at] != 0 && message[at] < 0x40) {
    const auto end = std::min(at + 1 + message[at], message.size());
    for (++at; at < end; ++at) {
      if (!is_letter(message[at])) continue;
      if (letters == scrambled_letters) return;
      if ((random >> letters++ & 1U) != 0) message[at] ^= case_bit;
    }
  }
}

QuestionMatch match_question(const wire::DnsQuestion& question, ByteView message) {
  const auto asked = wire::read_question(message);
  if (!asked || question.type != asked->type || question.klass != asked->klass ||
      !wire::equal_names(question.name.wire(), asked->name.wire()))
    return QuestionMatch::none;
  return question.name.wire() == asked->name.wire() ? QuestionMatch::exact : QuestionMatch::but_for_case;
}

}  // namespace swapmasq::dns
