#include "dns/answer_draft.hpp"

#include "wire/reader.hpp"

namespace swapmasq::dns {

namespace {

using wire::DnsSection;

constexpr std::uint16_t ede_stale = 3;
constexpr std::uint16_t ede_filtered = 17;

}  // namespace

void AnswerDraft::add(std::uint16_t type, std::uint32_t ttl, ByteView rdata) {
  add({type, wire::dns_class::in, ttl, rdata});
}

void AnswerDraft::add_address(const IpAddress& address, std::uint32_t ttl) { add(*AddressRecord{address, ttl}); }

void AnswerDraft::add(const ReplyRecord& record) {
  out_.add(DnsSection::answer, owner_, record);
  answered_ = true;
}

void AnswerDraft::add_link(std::uint32_t ttl, ByteView rdata) {
  out_.add(DnsSection::answer, owner_, {wire::dns_type::cname, wire::dns_class::in, ttl, rdata});
}

void AnswerDraft::follow(const wire::DnsName& target) {
  owner_ = out_.last_rdata();
  name_ = target.lower();
}

void AnswerDraft::add_authority(wire::WireName owner, const ReplyRecord& record) {
  out_.add(DnsSection::authority, owner, record);
}

std::optional<AnswerDraft::Target> AnswerDraft::target_in(ByteView rdata, std::size_t offset) const {
  wire::Reader in{rdata};
  in.skip(offset);
  const auto host = wire::DnsName::read(in);
  if (!host || host->is_root()) return std::nullopt;
  return Target{host->lower(), static_cast<ReplyWriter::Owner>(out_.last_rdata() + offset)};
}

void AnswerDraft::add_additional(const Target& target, const ReplyRecord& record) {
  out_.add(DnsSection::additional, target.owner, record);
}

void AnswerDraft::add_additional(const Target& target, const IpAddress& address, std::uint32_t ttl) {
  add_additional(target, *AddressRecord{address, ttl});
}

void AnswerDraft::settle(std::uint8_t rcode) {
  rcode_ = rcode;
  answered_ = true;
}

Bytes AnswerDraft::finish() {
  auto edns = reply_edns(asked_.query, edns_packet_max_, asked_.query.dnssec_ok());
  if (edns && (stale_ || filtered_)) edns->set_extended_error(stale_ ? ede_stale : ede_filtered);
  return out_.finish(aa_, rcode_, edns);
}

AddressRecord::AddressRecord(const IpAddress& address, std::uint32_t ttl)
    : record_{.type = address.is_v4() ? wire::dns_type::a : wire::dns_type::aaaa, .ttl = ttl} {
  if (address.is_v4()) {
    v4_ = address.v4().octets();
    record_.rdata = v4_;
  } else {
    record_.rdata = address.v6().octets;
  }
}

}  // namespace swapmasq::dns
