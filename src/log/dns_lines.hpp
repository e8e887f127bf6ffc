// The log lines of the DNS (spec dns-forwarding.md sections 17, 19 and 20, dns-local-data.md sections 3 and 17): every
// format stands here once. Names arrive as they are to be printed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <string_view>

#include "log/line.hpp"

namespace swapmasq::log {

inline Line dns_info(std::string text) { return {Priority::info, Subsystem::core, std::move(text)}; }
inline Line dns_warning(std::string text) { return {Priority::warning, Subsystem::core, std::move(text)}; }
inline Line dns_error(std::string text) { return {Priority::error, Subsystem::core, std::move(text)}; }

// --- log-queries. The texts are made first, because the serial or the client may stand before them.

inline constexpr std::string_view unprintable_name = "<name unprintable>";

inline std::string query(std::string_view type, std::string_view name, std::string_view client) {
  return fmt::format("query[{}] {} from {}", type, name, client);
}
inline std::string query_of_type_zero(std::string_view name, std::string_view client) {
  return fmt::format("query {} from {}", name, client);
}
inline std::string non_query(unsigned opcode, std::string_view client) {
  return fmt::format("non-query opcode {} from {}", opcode, client);
}
inline std::string forwarded(std::string_view name, std::string_view server, std::uint16_t port) {
  return port == 53 ? fmt::format("forwarded {} to {}", name, server)
                    : fmt::format("forwarded {} to {}#{}", name, server, port);
}
// `reply`, `cached`, `config`, `DHCP` or a hosts file's path say what a name or an address is.
inline std::string answer(std::string_view source, std::string_view subject, std::string_view data) {
  return fmt::format("{} {} is {}", source, subject, data);
}
inline std::string truncated(std::string_view source) { return fmt::format("{} is truncated", source); }
inline std::string duplicate_query() { return "reply query is duplicate"; }
inline std::string opcode_not_implemented() { return "reply opcode is not implemented"; }
inline std::string refused_by_us() { return "config error is REFUSED"; }
inline std::string with_extended_error(std::string_view line, std::string_view text) {
  return fmt::format("{} (EDE: {})", line, text);
}
// Stands where an answer's data would.
inline std::string record_of_type(std::string_view type) { return fmt::format("<{}>", type); }

// log-queries=extra and =proto
inline std::string with_serial(std::uint32_t serial, std::string_view line) {
  return fmt::format("{} {}", serial, line);
}
inline std::string with_client(std::uint32_t serial, std::string_view client, std::uint16_t port,
                               std::string_view line) {
  return fmt::format("{} {}/{} {}", serial, client, port, line);
}
inline std::string with_protocol(bool tcp, std::string_view line) {
  return fmt::format("{} {}", tcp ? "TCP" : "UDP", line);
}

inline Line possible_rebind(std::string_view owner) {
  return dns_warning(fmt::format("possible DNS-rebind attack detected: {}", owner));
}

// --- upstream servers

inline Line reading_resolv(std::string_view path) { return dns_info(fmt::format("reading {}", path)); }
inline Line no_servers_in(std::string_view path) {
  return dns_warning(fmt::format("no servers found in {}, will retry", path));
}
inline Line failed_to_read(std::string_view path, std::string_view why) {
  return dns_error(fmt::format("failed to read {}: {}", path, why));
}
inline Line using_nameserver(std::string_view address, std::uint16_t port) {
  return dns_info(fmt::format("using nameserver {}#{}", address, port));
}
inline Line using_nameserver_via(std::string_view address, std::uint16_t port, std::string_view interface) {
  return dns_info(fmt::format("using nameserver {}#{}(via {})", address, port, interface));
}
inline Line using_nameserver_for_domain(std::string_view address, std::uint16_t port, std::string_view domain) {
  return dns_info(fmt::format("using nameserver {}#{} for domain {} ", address, port, domain));
}
inline Line using_nameserver_for_unqualified(std::string_view address, std::uint16_t port) {
  return dns_info(fmt::format("using nameserver {}#{} for unqualified names ", address, port));
}
inline Line ignoring_local_nameserver(std::string_view address) {
  return dns_warning(fmt::format("ignoring nameserver {} - local interface", address));
}
inline Line nameserver_without_socket(std::string_view address, std::string_view why) {
  return dns_warning(fmt::format("ignoring nameserver {} - cannot make/bind socket: {}", address, why));
}
// `source`: an address or an interface
inline Line cannot_bind_to_source(std::string_view source, std::string_view why) {
  return dns_error(fmt::format("failed to bind server socket to {}: {}", source, why));
}
inline Line looping_nameserver(std::string_view address, std::uint16_t port) {
  return dns_info(fmt::format("NOT using nameserver {}#{} - query loop detected", address, port));
}
inline Line more_servers() { return dns_info("more servers are defined but not logged"); }
inline Line only_local_addresses(std::string_view domain) {
  return dns_info(fmt::format("using only locally-known addresses for {}", domain));
}
inline Line standard_nameservers(std::string_view domain) {
  return dns_info(fmt::format("using standard nameservers for {}", domain));
}
inline Line more_local_addresses(std::size_t count) {
  return dns_info(fmt::format("using {} more local addresses", count));
}
inline Line more_nameservers(std::size_t count) { return dns_info(fmt::format("using {} more nameservers", count)); }
inline Line refused_recursion(std::string_view address) {
  return dns_warning(fmt::format("nameserver {} refused to do a recursive query", address));
}
inline Line case_mismatch() { return dns_warning("Case mismatch in DNS reply - check bit 0x20 encoding."); }
inline Line too_many_queries(std::uint32_t limit) {
  return dns_warning(fmt::format("Maximum number of concurrent DNS queries reached (max: {})", limit));
}
inline Line too_many_queries_to(std::string_view domain, std::uint32_t limit) {
  return dns_warning(fmt::format("Maximum number of concurrent DNS queries to {} reached (max: {})", domain, limit));
}

// --- hosts files and leases

inline Line read_names(std::string_view path, std::size_t count) {
  return dns_info(fmt::format("read {} - {} names", path, count));
}
inline Line flushed_names(std::string_view path, std::size_t count) {
  return dns_info(fmt::format("inotify: flushed {} names read from {}", count, path));
}
inline Line cleared_cache() { return dns_info("cleared cache"); }
inline Line failed_to_load_names(std::string_view path, std::string_view why) {
  return dns_error(fmt::format("failed to load names from {}: {}", path, why));
}
inline Line bad_address(std::string_view path, std::size_t line) {
  return dns_error(fmt::format("bad address at {} line {}", path, line));
}
inline Line bad_name(std::string_view path, std::size_t line) {
  return dns_error(fmt::format("bad name at {} line {}", path, line));
}
inline Line name_not_given(std::string_view name, std::string_view lease, std::string_view source,
                           std::string_view address) {
  return {Priority::warning, Subsystem::dhcp,
          fmt::format("not giving name {} to the DHCP lease of {} because the name exists in {} with address {}", name,
                      lease, source, address)};
}
inline Line name_is_alias(std::string_view name, std::string_view lease) {
  return {Priority::warning, Subsystem::dhcp,
          fmt::format("{} is a CNAME, not giving it to the DHCP lease of {}", name, lease)};
}

// --- SIGUSR1 (spec daemon.md section 9)

inline Line statistics_time(std::int64_t seconds) { return dns_info(fmt::format("time {}", seconds)); }
inline Line statistics_cache(std::uint32_t size, std::uint64_t evictions, std::uint64_t insertions) {
  return dns_info(fmt::format("cache size {}, {}/{} cache insertions re-used unexpired cache entries.", size, evictions,
                              insertions));
}
inline Line statistics_queries(std::uint64_t forwarded_count, std::uint64_t local) {
  return dns_info(fmt::format("queries forwarded {}, queries answered locally {}", forwarded_count, local));
}
inline Line statistics_stale(std::uint64_t count) {
  return dns_info(fmt::format("queries answered from stale cache {}", count));
}
inline Line statistics_authoritative(std::uint64_t count) {
  return dns_info(fmt::format("queries for authoritative zones {}", count));
}
// This program has no such pool; the line is there because collectors expect it.
inline Line statistics_pool(std::size_t in_use, std::size_t highest, std::size_t allocated) {
  return dns_info(fmt::format("pool memory in use {}, max {}, allocated {}", in_use, highest, allocated));
}
inline Line statistics_tcp(std::size_t in_use, std::size_t highest, std::uint32_t allowed) {
  return dns_info(
      fmt::format("child processes for TCP requests: in use {}, highest since last SIGUSR1 {}, max allowed {}.", in_use,
                  highest, allowed));
}
// This build does not validate, so the marks stay at their start.
inline Line statistics_dnssec_subqueries(std::uint64_t highest) {
  return dns_info(fmt::format("DNSSEC per-query subqueries HWM {}", highest));
}
inline Line statistics_dnssec_crypto(std::uint64_t highest) {
  return dns_info(fmt::format("DNSSEC per-query crypto work HWM {}", highest));
}
inline Line statistics_dnssec_failures(std::uint64_t highest) {
  return dns_info(fmt::format("DNSSEC per-RRSet signature fails HWM {}", highest));
}
inline Line statistics_server(std::string_view address, std::uint16_t port, std::uint64_t sent, std::uint64_t retried,
                              std::uint64_t failed, std::uint64_t nx_domain, std::uint64_t latency_ms) {
  return dns_info(
      fmt::format("server {}#{}: queries sent {}, retried {}, failed {}, nxdomain replies {}, avg. latency {}ms",
                  address, port, sent, retried, failed, nx_domain, latency_ms));
}
inline Line cache_heading() {
  return dns_info(fmt::format("{:<30} {:<40} {:<10} {:<24} {}", "Host", "Address", "Flags", "Expires", "Source"));
}
inline Line cache_ruler() {
  return dns_info(fmt::format("{:-<30} {:-<40} {:-<10} {:-<24} {:-<12}", "", "", "", "", ""));
}
// `source` is for hosts files and the configuration only.
inline Line cache_line(std::string_view name, std::string_view data, std::string_view flags, std::string_view expiry,
                       std::string_view source) {
  auto text = fmt::format("{:<30.30} {:<40.40} {:<10} {:<24}", name, data, flags, expiry);
  if (!source.empty()) text += fmt::format(" {:<40.40}", source);
  return dns_info(std::move(text));
}

}  // namespace swapmasq::log
