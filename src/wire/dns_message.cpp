#include "wire/dns_message.hpp"

#include "wire/dns_types.hpp"

namespace swapmasq::wire {

namespace {

constexpr std::uint16_t extended_error_option = 15;  // RFC 8914 section 2

constexpr std::uint16_t bit(bool value, unsigned position) {
  return static_cast<std::uint16_t>((value ? 1U : 0U) << position);
}

// Every option of an OPT record but those with `code`.
Bytes without_option(ByteView options, std::uint16_t code) {
  Writer kept;
  Reader in{options};
  while (!in.at_end()) {
    const auto start = in.position();
    const auto option = in.u16();
    const auto length = in.u16();
    if (!option || !length || !in.skip(*length)) break;
    if (*option != code) kept.bytes(options.subspan(start, in.position() - start));
  }
  return kept.take();
}

}  // namespace

std::optional<DnsHeader> DnsHeader::read(Reader& in) {
  auto fixed = in.sub(dns_header_size);
  if (!fixed) return std::nullopt;
  DnsHeader h;
  h.id = fixed->u16().value_or(0);
  const std::uint16_t flags = fixed->u16().value_or(0);
  const auto set = [&](unsigned position) { return ((flags >> position) & 1U) != 0; };
  h.qr = set(15);
  h.opcode = static_cast<std::uint8_t>((flags >> 11) & 0xfU);
  h.aa = set(10);
  h.tc = set(9);
  h.rd = set(8);
  h.ra = set(7);
  h.z = set(6);
  h.ad = set(5);
  h.cd = set(4);
  h.rcode = static_cast<std::uint8_t>(flags & 0xfU);
  h.questions = fixed->u16().value_or(0);
  h.answers = fixed->u16().value_or(0);
  h.authorities = fixed->u16().value_or(0);
  h.additionals = fixed->u16().value_or(0);
  return h;
}

std::uint16_t DnsHeader::flags() const {
  return static_cast<std::uint16_t>(bit(qr, 15) | ((opcode & 0xfU) << 11) | bit(aa, 10) | bit(tc, 9) | bit(rd, 8) |
                                    bit(ra, 7) | bit(z, 6) | bit(ad, 5) | bit(cd, 4) | (rcode & 0xfU));
}

bool DnsHeader::write(Writer& out) const {
  const auto mark = out.size();
  if (out.u16(id) && out.u16(flags()) && out.u16(questions) && out.u16(answers) && out.u16(authorities) &&
      out.u16(additionals))
    return true;
  out.roll_back(mark);
  return false;
}

void DnsHeader::overwrite(Writer& out) const {
  out.put_u16_at(0, id);
  out.put_u16_at(2, flags());
  out.put_u16_at(4, questions);
  out.put_u16_at(6, answers);
  out.put_u16_at(8, authorities);
  out.put_u16_at(10, additionals);
}

Result<DnsQuestion, QuestionError> read_question(ByteView message) {
  Reader in{message};
  if (!in.skip(dns_header_size) || !skip_name(in)) return tl::unexpected{QuestionError::runs_off};
  const auto type = in.u16();
  const auto klass = in.u16();
  if (!type || !klass) return tl::unexpected{QuestionError::runs_off};
  auto name = name_at(message, dns_header_size);
  if (!name) return tl::unexpected{QuestionError::unreadable_name};
  return DnsQuestion{*name, *type, *klass, in.position()};
}

std::optional<std::size_t> end_of_questions(ByteView message, std::uint16_t count) {
  Reader in{message};
  if (!in.skip(dns_header_size)) return std::nullopt;
  for (; count > 0; --count)
    if (!skip_name(in) || !in.skip(4)) return std::nullopt;
  return in.position();
}

DnsRecords::DnsRecords(ByteView message, const DnsHeader& header, std::size_t start)
    : message_(message), in_(message), left_{header.answers, header.authorities, header.additionals} {
  broken_ = !in_.seek(start);
}

std::optional<DnsRecord> DnsRecords::next() {
  if (broken_) return std::nullopt;
  while (section_ < left_.size() && left_[section_] == 0) ++section_;
  if (section_ == left_.size()) return std::nullopt;
  DnsRecord record;
  record.section = static_cast<DnsSection>(section_);
  Reader in = in_;
  record.start = in.position();
  const bool named = skip_name(in);
  const auto type = named ? in.u16() : std::nullopt;
  const auto klass = in.u16();
  record.ttl_at = in.position();
  const auto ttl = in.u32();
  const auto length = in.u16();
  record.rdata_at = in.position();
  if (!type || !klass || !ttl || !length || !in.skip(*length)) {
    broken_ = true;
    return std::nullopt;
  }
  record.type = *type;
  record.klass = *klass;
  record.ttl = *ttl;
  record.rdata_length = *length;
  --left_[section_];
  in_ = in;
  return record;
}

std::optional<DnsName> name_at(ByteView message, std::size_t position) {
  Reader in{message};
  if (!in.seek(position)) return std::nullopt;
  return DnsName::read(in);
}

Edns Edns::from(ByteView message, const DnsRecord& record) {
  Edns edns;
  edns.udp_size = record.klass;
  edns.extended_rcode = static_cast<std::uint8_t>(record.ttl >> 24);
  edns.version = static_cast<std::uint8_t>(record.ttl >> 16);
  edns.flags = static_cast<std::uint16_t>(record.ttl);
  Reader in{message};
  if (in.seek(record.rdata_at)) {
    if (const auto options = in.bytes(record.rdata_length)) edns.options.assign(options->begin(), options->end());
  }
  return edns;
}

bool Edns::write(Writer& out) const {
  const auto mark = out.size();
  if (out.u8(0) && out.u16(dns_type::opt) && out.u16(udp_size) && out.u8(extended_rcode) && out.u8(version) &&
      out.u16(flags) && out.u16(static_cast<std::uint16_t>(options.size())) && out.bytes(options))
    return true;
  out.roll_back(mark);
  return false;
}

void Edns::set_extended_error(std::uint16_t info_code) {
  Writer with;
  with.bytes(without_option(options, extended_error_option));
  with.u16(extended_error_option);
  with.u16(2);
  with.u16(info_code);
  options = with.take();
}

}  // namespace swapmasq::wire
