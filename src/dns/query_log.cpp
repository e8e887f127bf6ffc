#include "dns/query_log.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "log/dns_lines.hpp"
#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

std::string shown(wire::WireName name) {
  return wire::printable_text(name).value_or(std::string{log::unprintable_name});
}

bool is_printable(char c) { return c >= 0x20 && c <= 0x7e; }

std::string rcode_text(unsigned rcode) {
  switch (rcode) {
    case wire::dns_rcode::format_error:
      return "FORMERR";
    case wire::dns_rcode::server_failure:
      return "SERVFAIL";
    case wire::dns_rcode::not_implemented:
      return "not implemented";
    case wire::dns_rcode::refused:
      return "REFUSED";
    default:
      return fmt::format("{}", rcode);
  }
}

std::string_view no_data_text(std::uint16_t type) {
  return type == wire::dns_type::a ? "NODATA-IPv4" : type == wire::dns_type::aaaa ? "NODATA-IPv6" : "NODATA";
}

constexpr auto extended_errors = std::to_array<std::string_view>({"other",
                                                                  "unsupported DNSKEY algorithm",
                                                                  "unsupported DS digest",
                                                                  "stale answer",
                                                                  "forged",
                                                                  "DNSSEC indeterminate",
                                                                  "DNSSEC bogus",
                                                                  "DNSSEC signature expired",
                                                                  "DNSSEC sig not yet valid",
                                                                  "DNSKEY missing",
                                                                  "RRSIG missing",
                                                                  "no zone key bit set",
                                                                  "NSEC(3) missing",
                                                                  "cached error",
                                                                  "not ready",
                                                                  "blocked",
                                                                  "censored",
                                                                  "filtered",
                                                                  "prohibited",
                                                                  "stale NXDOMAIN",
                                                                  "not authoritative",
                                                                  "not supported",
                                                                  "no reachable authority",
                                                                  "network error",
                                                                  "invalid data",
                                                                  "signature expired before valid",
                                                                  "too early",
                                                                  "unsupported NSEC3 iterations value",
                                                                  "uanble to conform to policy",
                                                                  "synthesized"});

}  // namespace

std::string type_tag(std::uint16_t type) { return log::record_of_type(wire::type_name(type)); }

std::string_view extended_error_text(int info_code) {
  const auto index = static_cast<std::size_t>(info_code);
  return info_code >= 0 && index < extended_errors.size() ? extended_errors.at(index) : "unknown";
}

void QueryLog::write(const Origin& origin, const std::string& line) const {
  if (!extra()) return log_.write(log::dns_info(line));
  if (origin.refresh) return log_.write(log::dns_info(log::with_serial(origin.serial, line)));
  auto extended = log::with_client(origin.serial, origin.client.address.to_string(), origin.client.port, line);
  if (wanted_.proto) extended = log::with_protocol(origin.tcp, extended);
  log_.write(log::dns_info(std::move(extended)));
}

void QueryLog::query(const Origin& origin, std::uint16_t type, wire::WireName name) const {
  if (!ordinary()) return;
  const auto client = origin.client.address.to_string();
  write(origin, type == 0 ? log::query_of_type_zero(shown(name), client)
                          : log::query(wire::type_name(type), shown(name), client));
}

void QueryLog::non_query(const Origin& origin, unsigned opcode) const {
  if (ordinary()) write(origin, log::non_query(opcode, origin.client.address.to_string()));
  if (enabled()) write(origin, log::opcode_not_implemented());
}

void QueryLog::forwarded(const Origin& origin, wire::WireName name, const Endpoint& server) const {
  if (ordinary()) write(origin, log::forwarded(shown(name), server.address.to_string(), server.port));
}

void QueryLog::duplicate(const Origin& origin) const {
  if (ordinary() && extra()) write(origin, log::duplicate_query());
}

void QueryLog::answer(const Origin& origin, std::string_view source, wire::WireName name, std::string_view data) const {
  if (ordinary()) write(origin, log::answer(source, shown(name), data));
}

void QueryLog::address_answer(const Origin& origin, std::string_view source, const IpAddress& address,
                              wire::WireName name) const {
  if (ordinary()) write(origin, log::answer(source, address.to_string(), shown(name)));
}

void QueryLog::texts(const Origin& origin, std::string_view source, wire::WireName name, ByteView rdata) const {
  wire::Reader in{rdata};
  while (const auto length = in.u8()) {
    const auto octets = in.bytes(*length);
    if (!octets) return;
    const auto text = to_text(*octets);
    answer(origin, source, name,
           text.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(text, is_printable) - text.begin())));
  }
}

void QueryLog::no_data(const Origin& origin, std::string_view source, wire::WireName name, std::uint16_t type) const {
  if (enabled()) write(origin, log::answer(source, shown(name), no_data_text(type)));
}

void QueryLog::nx_domain(const Origin& origin, std::string_view source, wire::WireName name) const {
  if (enabled()) write(origin, log::answer(source, shown(name), "NXDOMAIN"));
}

void QueryLog::nx_domain(const Origin& origin, std::string_view source, const IpAddress& address) const {
  if (enabled()) write(origin, log::answer(source, address.to_string(), "NXDOMAIN"));
}

void QueryLog::reply_error(const Origin& origin, unsigned rcode) const {
  if (enabled()) write(origin, log::answer("reply", "error", rcode_text(rcode)));
}

void QueryLog::refused(const Origin& origin, int extended_error) const {
  if (!enabled()) return;
  write(origin, extended_error < 0
                    ? log::refused_by_us()
                    : log::with_extended_error(log::refused_by_us(), extended_error_text(extended_error)));
}

void QueryLog::chaos_not_implemented(const Origin& origin, wire::WireName name) const {
  if (!enabled()) return;
  write(origin,
        log::with_extended_error(log::answer("config", shown(name), "not implemented"), extended_error_text(-1)));
}

void QueryLog::truncated(const Origin& origin, std::string_view source) const {
  if (ordinary()) write(origin, log::truncated(source));
}

void QueryLog::rebind_attack(wire::WireName owner) const { log_.write(log::possible_rebind(shown(owner))); }

}  // namespace swapmasq::dns
