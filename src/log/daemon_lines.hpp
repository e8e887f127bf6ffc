// The catalogue: lines about the life of the process (spec daemon.md sections 3 and 7).
#pragma once

#include <fmt/format.h>
#include <string>
#include <string_view>

#include "log/line.hpp"

namespace swapmasq::log {

inline Line started(std::string_view version, std::uint32_t cache_size) {
  return {Priority::info, Subsystem::core, fmt::format("started, version {} cachesize {}", version, cache_size)};
}
inline Line started_cache_disabled(std::string_view version) {
  return {Priority::info, Subsystem::core, fmt::format("started, version {} cache disabled", version)};
}
inline Line started_dns_disabled(std::string_view version) {
  return {Priority::info, Subsystem::core, fmt::format("started, version {} DNS disabled", version)};
}
// Ours: dns-threads is not dnsmasq's.
inline Line one_dns_thread() {
  return {Priority::warning, Subsystem::core,
          "dns-threads has no effect beside query-port, a server's source port, servers-file or dns-loop-detect"};
}

inline Line cache_size_unlikely_useful() {
  return {Priority::warning, Subsystem::core,
          "cache size greater than 10000 may cause performance issues, and is unlikely to be useful."};
}
inline Line service_limited_to_local_subnets() {
  return {Priority::info, Subsystem::core, "DNS service limited to local subnets"};
}
inline Line service_limited_to_localhost() {
  return {Priority::info, Subsystem::core, "DNS service limited to localhost"};
}
inline Line compile_time_options(std::string_view words) {
  return {Priority::info, Subsystem::core, fmt::format("compile time options: {}", words)};
}
inline Line pid_file_chown_failed(std::string_view path, std::string_view error) {
  return {Priority::warning, Subsystem::core, fmt::format("chown of PID file {} failed: {}", path, error)};
}
inline Line pid_file_chown_needs_capability(std::string_view path) {
  return {Priority::info, Subsystem::core,
          fmt::format("chown of PID file {} failed: please add capability CAP_CHOWN", path)};
}
inline Line log_file_chown_failed(std::string_view path, std::string_view error) {
  return {Priority::warning, Subsystem::core, fmt::format("warning: failed to change owner of {}: {}", path, error)};
}
inline Line listening_beyond_interface(std::string_view address, std::string_view interface) {
  return {Priority::warning, Subsystem::core,
          fmt::format("LOUD WARNING: listening on {} may accept requests via interfaces other than {}", address,
                      interface)};
}
inline Line use_bind_dynamic() {
  return {Priority::warning, Subsystem::core,
          "LOUD WARNING: use --bind-dynamic rather than --bind-interfaces to avoid DNS amplification attacks via "
          "these interface(s)"};
}
inline Line using_interface_instead_of_label(std::string_view interface) {
  return {Priority::warning, Subsystem::core, fmt::format("warning: using interface {} instead", interface)};
}
inline Line interface_does_not_exist(std::string_view interface) {
  return {Priority::warning, Subsystem::core, fmt::format("warning: interface {} does not currently exist", interface)};
}
inline Line no_addresses_for_interface(std::string_view interface) {
  return {Priority::warning, Subsystem::core, fmt::format("warning: no addresses found for interface {}", interface)};
}
inline Line resolv_file_ignored() {
  return {Priority::warning, Subsystem::core, "warning: ignoring resolv-file flag because no-resolv is set"};
}
inline Line option_without_effect(std::string_view option) {
  return {Priority::warning, Subsystem::core,
          fmt::format("option {} is accepted, but this build does not act on it yet", option)};
}
inline Line no_upstream_servers() {
  return {Priority::warning, Subsystem::core, "warning: no upstream servers configured"};
}
inline Line asynchronous_logging(unsigned limit) {
  return {Priority::info, Subsystem::core,
          fmt::format("asynchronous logging enabled, queue limit is {} messages", limit)};
}
inline Line log_entries_lost(unsigned count) {
  return {Priority::warning, Subsystem::core, fmt::format("overflow: {} log entries lost", count)};
}
inline Line log_failed(std::string_view error) {
  return {Priority::critical, Subsystem::core, fmt::format("log failed: {}", error)};
}
inline Line control_socket_failed(std::string_view path, std::string_view error) {
  return {Priority::warning, Subsystem::core, fmt::format("cannot create control socket {}: {}", path, error)};
}
inline Line exiting_on_sigterm() { return {Priority::info, Subsystem::core, "exiting on receipt of SIGTERM"}; }
inline Line fatal(std::string_view message) { return {Priority::critical, Subsystem::core, std::string{message}}; }
inline Line failed_to_start_up() { return {Priority::critical, Subsystem::core, "FAILED to start up"}; }
inline Line failed_to_send_packet(std::string_view error) {
  return {Priority::error, Subsystem::core, fmt::format("failed to send packet: {}", error)};
}

inline Line cannot_listen(std::string_view message) {
  return {Priority::warning, Subsystem::core, std::string{message}};
}
inline Line non_local_query(std::string_view source) {
  return {Priority::warning, Subsystem::core, fmt::format("ignoring query from non-local network {}", source)};
}
inline Line non_local_query_once(std::string_view source) {
  return {Priority::warning, Subsystem::core,
          fmt::format("ignoring query from non-local network {} (logged only once)", source)};
}

}  // namespace swapmasq::log
