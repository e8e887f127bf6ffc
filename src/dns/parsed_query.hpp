// A client's query, understood once (spec dns-forwarding.md section 2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "wire/dns_message.hpp"
#include "wire/dns_name.hpp"

namespace swapmasq::dns {

struct ParsedQuery {
  enum class Verdict {
    ignore,                     // no query at all: no answer, no line
    other_opcode,               // NOTIMP
    other_opcode_unanswerable,  // as the former, but there is no question section to answer with
    invalid,                    // REFUSED, EDE 24
    unanswerable,               // as the former, likewise
    good,
  };

  Verdict verdict = Verdict::ignore;
  ByteView message;  // the caller's octets
  wire::DnsHeader header;
  wire::DnsQuestion question;  // good only
  wire::DnsName name;          // the question's, lower case
  std::size_t questions_end = wire::dns_header_size;
  std::size_t end = wire::dns_header_size;  // of the last section; what follows is never passed on
  std::uint16_t additionals = 0;            // complete records in front of `end`
  std::optional<wire::Edns> edns;
  std::size_t edns_size_at = 0;     // position of the OPT's UDP size
  bool transaction_signed = false;  // TSIG, or TKEY asked: must not be altered

  bool dnssec_ok() const { return edns && edns->wants_dnssec(); }
  bool ad_wanted() const { return header.ad || dnssec_ok(); }  // RFC 6840 section 5.7
  bool is_in() const;
  // Whether cached upstream data may answer it.
  bool cache_usable() const { return header.rd && !dnssec_ok(); }
};

ParsedQuery parse_query(ByteView message);

// The largest answer over UDP that the client takes.
std::size_t udp_limit(const ParsedQuery& query, std::uint16_t edns_packet_max);

}  // namespace swapmasq::dns
