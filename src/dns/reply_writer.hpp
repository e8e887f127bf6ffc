// Builds the replies that this server makes itself: the query's header and question, then records whose owners are
// pointers to names already there (spec dns-forwarding.md section 10).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "dns/parsed_query.hpp"
#include "wire/dns_message.hpp"
#include "wire/writer.hpp"

namespace swapmasq::dns {

// A record to be, but for its owner.
struct ReplyRecord {
  std::uint16_t type = 0;
  std::uint16_t klass = 1;
  std::uint32_t ttl = 0;
  ByteView rdata;  // names uncompressed
};

class ReplyWriter {
 public:
  // Where an owner name stands in the reply.
  using Owner = std::uint16_t;
  static constexpr Owner question_name = 12;

  // `limit` counts everything but the OPT.
  ReplyWriter(const ParsedQuery& query, std::size_t limit);

  // Sections in order. An answer or authority record that does not fit makes the reply truncated; an additional one
  // is left out.
  void add(wire::DnsSection section, Owner owner, const ReplyRecord& record);
  void add(wire::DnsSection section, wire::WireName owner, const ReplyRecord& record);
  // The RDATA of the last added record as an owner, for the records after a CNAME.
  Owner last_rdata() const { return last_rdata_; }

  bool truncated() const { return truncated_; }

  // The complete message. AD is never set: nothing here is validated.
  Bytes finish(bool aa, std::uint8_t rcode, const std::optional<wire::Edns>& edns);

 private:
  void add_fields(wire::DnsSection section, std::size_t mark, bool owner_fits, const ReplyRecord& record);

  wire::DnsHeader header_;
  std::size_t questions_end_;
  wire::Writer out_;
  Owner last_rdata_ = question_name;
  bool truncated_ = false;
};

// The OPT of an answer to a query that had one.
std::optional<wire::Edns> reply_edns(const ParsedQuery& query, std::uint16_t edns_packet_max, bool dnssec_ok);

}  // namespace swapmasq::dns
