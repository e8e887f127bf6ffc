#include "dns/reply_writer.hpp"

#include <limits>

namespace swapmasq::dns {

namespace {

constexpr std::uint16_t pointer_flag = 0xc000;  // RFC 1035 section 4.1.4

}  // namespace

ReplyWriter::ReplyWriter(const ParsedQuery& query, std::size_t limit)
    : header_(query.header), questions_end_(query.questions_end), out_(std::max(limit, query.questions_end)) {
  out_.bytes(query.message.first(query.questions_end));
  header_.qr = true;
  header_.tc = false;
  header_.ra = true;
  header_.ad = false;
  header_.answers = 0;
  header_.authorities = 0;
  header_.additionals = 0;
}

void ReplyWriter::add(wire::DnsSection section, Owner owner, const ReplyRecord& record) {
  const auto mark = out_.size();
  add_fields(section, mark, out_.u16(static_cast<std::uint16_t>(pointer_flag | owner)), record);
}

void ReplyWriter::add(wire::DnsSection section, wire::WireName owner, const ReplyRecord& record) {
  const auto mark = out_.size();
  add_fields(section, mark, out_.text(owner), record);
}

void ReplyWriter::add_fields(wire::DnsSection section, std::size_t mark, bool owner_fits, const ReplyRecord& record) {
  const bool head = owner_fits && out_.u16(record.type) && out_.u16(record.klass) && out_.u32(record.ttl) &&
                    out_.u16(static_cast<std::uint16_t>(record.rdata.size()));
  const auto rdata_at = out_.size();
  if (!head || !out_.bytes(record.rdata)) {
    out_.roll_back(mark);
    if (section != wire::DnsSection::additional) truncated_ = true;
    return;
  }
  last_rdata_ = static_cast<Owner>(rdata_at);
  auto& count = section == wire::DnsSection::answer      ? header_.answers
                : section == wire::DnsSection::authority ? header_.authorities
                                                         : header_.additionals;
  ++count;
}

Bytes ReplyWriter::finish(bool aa, std::uint8_t rcode, const std::optional<wire::Edns>& edns) {
  if (truncated_) {
    out_.roll_back(questions_end_);
    header_.answers = 0;
    header_.authorities = 0;
    header_.additionals = 0;
  }
  header_.aa = aa;
  header_.tc = truncated_;
  header_.rcode = rcode;
  out_.set_limit(std::numeric_limits<std::uint16_t>::max());
  if (edns && edns->write(out_)) ++header_.additionals;
  header_.overwrite(out_);
  return out_.take();
}

std::optional<wire::Edns> reply_edns(const ParsedQuery& query, std::uint16_t edns_packet_max, bool dnssec_ok) {
  if (!query.edns) return std::nullopt;
  wire::Edns edns;
  edns.udp_size = edns_packet_max;
  if (dnssec_ok) edns.flags = wire::Edns::do_flag;
  return edns;
}

}  // namespace swapmasq::dns
