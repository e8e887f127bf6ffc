// What log-queries says about one query (spec dns-forwarding.md section 19): decides whether a line is wanted and puts
// serial, client and protocol before it. Builds no text when the option is off.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/address.hpp"
#include "log/line.hpp"
#include "settings/dns.hpp"
#include "wire/dns_name.hpp"

namespace swapmasq::dns {

// Whose line it is.
struct Origin {
  std::uint32_t serial = 0;
  Endpoint client;
  bool tcp = false;
  bool refresh = false;  // of a stale answer: nobody waits for it
};

class QueryLog {
 public:
  QueryLog(log::Log& log, const settings::QueryLog& wanted) : log_(log), wanted_(wanted) {}

  bool enabled() const { return wanted_.enabled && !wanted_.auth; }
  bool extra() const { return wanted_.extra || wanted_.proto; }

  void query(const Origin& origin, std::uint16_t type, wire::WireName name) const;
  void non_query(const Origin& origin, unsigned opcode) const;
  void forwarded(const Origin& origin, wire::WireName name, const Endpoint& server) const;
  void duplicate(const Origin& origin) const;
  // `name` or an address is `data`.
  void answer(const Origin& origin, std::string_view source, wire::WireName name, std::string_view data) const;
  void address_answer(const Origin& origin, std::string_view source, const IpAddress& address,
                      wire::WireName name) const;
  // A TXT record: a line per character-string, each cut at the first octet that is not printable.
  void texts(const Origin& origin, std::string_view source, wire::WireName name, ByteView rdata) const;
  // NODATA, by type, or NXDOMAIN; of a name or, for reverse lookups, an address.
  void no_data(const Origin& origin, std::string_view source, wire::WireName name, std::uint16_t type) const;
  void nx_domain(const Origin& origin, std::string_view source, wire::WireName name) const;
  void nx_domain(const Origin& origin, std::string_view source, const IpAddress& address) const;
  void reply_error(const Origin& origin, unsigned rcode) const;
  // `extended_error` below 0: none
  void refused(const Origin& origin, int extended_error) const;
  // CHAOS names that we do not know, in the reference's words.
  void chaos_not_implemented(const Origin& origin, wire::WireName name) const;
  void truncated(const Origin& origin, std::string_view source) const;
  // A warning, whether queries are logged or not.
  void rebind_attack(wire::WireName owner) const;

 private:
  void write(const Origin& origin, const std::string& line) const;
  bool ordinary() const { return enabled() && !wanted_.only_failed; }

  log::Log& log_;
  settings::QueryLog wanted_;
};

// "<CNAME>"
std::string type_tag(std::uint16_t type);

// RFC 8914 section 4, in the reference's words.
std::string_view extended_error_text(int info_code);

}  // namespace swapmasq::dns
