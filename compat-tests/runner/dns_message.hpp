// DNS messages as the scenarios write and read them (RFC 1035, RFC 6891). Own code on purpose: the code under test must
// not check itself.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "script.hpp"

namespace swapmasq::compat {

// `dns <name> <type>` with the words and arguments that README.md lists.
Bytes build_dns_query(const Step& step);

// One line per header field and record, then the octets. With `ttl` the TTLs are left out, zeros in the octets; with
// `id` likewise the message's id. With `order` the answers are sorted and there are no octets: dnsmasq rotates
// addresses, and where it begins is not the same at every start.
struct DnsMasks {
  bool ttl = false;
  bool id = false;
  bool order = false;
};
std::string describe_dns(ByteView message, DnsMasks masks);

// What a fake server needs of a query.
struct DnsQuestion {
  std::string name;  // as asked, letter case kept, no final dot
  std::uint16_t type = 0;
  Bytes octets;  // the question section
  std::uint16_t id = 0;
  bool recursion_desired = false;
  bool edns = false;
};
Result<DnsQuestion> read_question(ByteView query);

struct DnsRecord {
  std::string name;
  std::uint16_t type = 0;
  std::uint32_t ttl = 0;
  Bytes data;
  std::string text;  // the data as it was written
};
// Data in the text form of a zone file: addresses, names, one quoted text, `10 mail.example.com`, or hexadecimal.
DnsRecord make_record(const std::string& name, const std::string& type, const std::string& data, std::uint32_t ttl);
Bytes build_dns_answer(const DnsQuestion& question, std::uint16_t rcode, bool truncated,
                       const std::vector<DnsRecord>& answers, const std::vector<DnsRecord>& authorities);

std::uint16_t dns_type(const std::string& name);

}  // namespace swapmasq::compat
