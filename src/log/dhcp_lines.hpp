// Every line that the DHCPv4 server and the lease file write, each once (spec dhcpv4.md sections 1.1, 3, 5, 6, 9, 10
// and 13; leases-and-scripts.md section 2). Addresses and names are handed in as they are to appear.
#pragma once

#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "log/line.hpp"

namespace swapmasq::log {

namespace dhcp_detail {
inline Line line(std::string text, Priority priority = Priority::info) {
  return {priority, Subsystem::dhcp, std::move(text)};
}
inline Line warning(std::string text) { return line(std::move(text), Priority::warning); }
}  // namespace dhcp_detail

// "1d2h3m4s" without the parts that are zero; all ones mean for ever.
inline std::string dhcp_duration(std::uint32_t seconds) {
  if (seconds == 0xffffffffU) return "infinite";
  std::string text;
  if (const auto n = seconds / 86400; n != 0) text += fmt::format("{}d", n);
  if (const auto n = seconds / 3600 % 24; n != 0) text += fmt::format("{}h", n);
  if (const auto n = seconds / 60 % 60; n != 0) text += fmt::format("{}m", n);
  if (const auto n = seconds % 60; n != 0) text += fmt::format("{}s", n);
  return text;
}

// A hardware address as the log shows it.
inline std::string dhcp_mac(ByteView octets) { return octets.empty() ? "<null>" : to_hex(octets); }

// Start-up.

inline Line dhcp_range(Ipv4 start, Ipv4 end, std::uint32_t lease) {
  return dhcp_detail::line(
      fmt::format("DHCP, IP range {} -- {}, lease time {}", start.to_string(), end.to_string(), dhcp_duration(lease)));
}
inline Line dhcp_static_range(Ipv4 start, std::uint32_t lease) {
  return dhcp_detail::line(
      fmt::format("DHCP, static leases only on {}, lease time {}", start.to_string(), dhcp_duration(lease)));
}
inline Line dhcp_proxy_range(Ipv4 start) {
  return dhcp_detail::line(fmt::format("DHCP, proxy on subnet {}", start.to_string()));
}

// Per packet, always.

// One line of a conversation: `DHCPACK(eth0) 10.0.0.5 02:00:00:00:00:01 laptop`. The transaction id is shown with
// log-dhcp.
struct DhcpTransaction {
  std::optional<std::uint32_t> xid;
  std::string_view type;
  std::string_view interface;
  std::optional<Ipv4> address;
  ByteView hardware;
  std::string_view text;
  bool without_hardware = false;
};
inline Line dhcp_transaction(const DhcpTransaction& t) {
  return dhcp_detail::line(fmt::format("{}{}({}) {}{}{}", t.xid ? fmt::format("{} ", *t.xid) : "", t.type, t.interface,
                                       t.address ? t.address->to_string() + " " : "",
                                       t.without_hardware ? "" : dhcp_mac(t.hardware) + " ", t.text));
}

inline Line dhcp_no_address(std::string_view interface) {
  return dhcp_detail::warning(fmt::format("DHCP packet received on {} which has no address", interface));
}
inline Line dhcp_leasequery_refused(Ipv4 source) {
  return dhcp_detail::warning(fmt::format("leasequery from {} not permitted", source.to_string()));
}
inline Line dhcp_unknown_bridge(std::string_view interface) {
  return dhcp_detail::warning(fmt::format("unknown interface {} in bridge-interface", interface));
}
inline Line dhcp_inconsistent_range(Ipv4 start, Ipv4 end, Ipv4 netmask) {
  return dhcp_detail::warning(fmt::format("DHCP range {} -- {} is not consistent with netmask {}", start.to_string(),
                                          end.to_string(), netmask.to_string()));
}
inline Line dhcp_no_range_for_selector(Ipv4 selector) {
  return dhcp_detail::warning(
      fmt::format("no address range available for DHCP request with subnet selector {}", selector.to_string()));
}
// `via`: the relay's address or the interface's name.
inline Line dhcp_no_range(std::string_view via) {
  return dhcp_detail::warning(fmt::format("no address range available for DHCP request via {}", via));
}
inline Line dhcp_configured_address_leased(Ipv4 address, ByteView holder) {
  return dhcp_detail::warning(
      fmt::format("not using configured address {} because it is leased to {}", address.to_string(), dhcp_mac(holder)));
}
inline Line dhcp_configured_address_in_use(Ipv4 address) {
  return dhcp_detail::warning(
      fmt::format("not using configured address {} because it is in use by the server or relay", address.to_string()));
}
inline Line dhcp_configured_address_declined(Ipv4 address) {
  return dhcp_detail::warning(
      fmt::format("not using configured address {} because it was previously declined", address.to_string()));
}
// `pause` in seconds
inline Line dhcp_address_disabled(Ipv4 address, std::uint32_t pause) {
  return dhcp_detail::warning(
      fmt::format("disabling DHCP static address {} for {}", address.to_string(), dhcp_duration(pause)));
}
inline Line dhcp_lease_abandoned(ByteView holder, Ipv4 address) {
  return dhcp_detail::line(fmt::format("abandoning lease to {} of {}", dhcp_mac(holder), address.to_string()));
}
inline Line dhcp_foreign_domain(std::string_view domain, std::string_view name) {
  return dhcp_detail::warning(fmt::format("Ignoring domain {} for DHCP host name {}", domain, name));
}
inline Line dhcp_server_not_found(std::string_view name) {
  return dhcp_detail::warning(fmt::format("No IPv4 address found for {}", name));
}
inline Line dhcp_duplicate_option(unsigned code) {
  return dhcp_detail::warning(fmt::format("Ignoring duplicate dhcp-option {}", code));
}
inline Line dhcp_no_space(unsigned code) {
  return dhcp_detail::warning(fmt::format("cannot send DHCP/BOOTP option {}: no space left in packet", code));
}
inline Line dhcp_too_many_vendor_options(std::uint32_t enterprise) {
  return dhcp_detail::warning(
      fmt::format("cannot send RFC3925 option: too many options for enterprise number {}", enterprise));
}
inline Line dhcp_reply_delay(std::uint32_t xid, std::uint32_t seconds) {
  return dhcp_detail::line(fmt::format("{} reply delay: {}", xid, seconds));
}
inline Line dhcp_several_host_addresses(std::string_view name, Ipv4 used) {
  return dhcp_detail::warning(
      fmt::format("{} has more than one address in hostsfile, using {} for DHCP", name, used.to_string()));
}
inline Line dhcp_duplicate_host_address(Ipv4 address, std::string_view name) {
  return dhcp_detail::warning(
      fmt::format("duplicate IP address {} ({}) in dhcp-config directive", address.to_string(), name));
}

inline Line pxe_menu_too_large() { return dhcp_detail::line("PXE menu too large", Priority::error); }
inline Line pxe_bis_not_supported() { return dhcp_detail::line("PXE BIS not supported", Priority::error); }

// Per packet, with log-dhcp.

inline Line dhcp_available_range(std::uint32_t xid, Ipv4 start, Ipv4 end) {
  return dhcp_detail::line(fmt::format("{} available DHCP range: {} -- {}", xid, start.to_string(), end.to_string()));
}
inline Line dhcp_available_subnet(std::uint32_t xid, Ipv4 start, Ipv4 netmask) {
  return dhcp_detail::line(fmt::format("{} available DHCP subnet: {}/{}", xid, start.to_string(), netmask.to_string()));
}
inline Line dhcp_vendor_class(std::uint32_t xid, std::string_view text) {
  return dhcp_detail::line(fmt::format("{} vendor class: {}", xid, text));
}
inline Line dhcp_user_class(std::uint32_t xid, std::string_view text) {
  return dhcp_detail::line(fmt::format("{} user class: {}", xid, text));
}
inline Line dhcp_client_name(std::uint32_t xid, std::string_view name) {
  return dhcp_detail::line(fmt::format("{} client provides name: {}", xid, name));
}
inline Line dhcp_tags(std::uint32_t xid, std::string_view tags) {
  return dhcp_detail::line(fmt::format("{} tags: {}", xid, tags));
}
inline Line dhcp_requested_options(std::uint32_t xid, std::string_view list) {
  return dhcp_detail::line(fmt::format("{} requested options: {}", xid, list));
}
inline Line dhcp_bootfile_name(std::uint32_t xid, std::string_view name) {
  return dhcp_detail::line(fmt::format("{} bootfile name: {}", xid, name));
}
inline Line dhcp_server_name(std::uint32_t xid, std::string_view name) {
  return dhcp_detail::line(fmt::format("{} server name: {}", xid, name));
}
inline Line dhcp_next_server(std::uint32_t xid, Ipv4 address) {
  return dhcp_detail::line(fmt::format("{} next server: {}", xid, address.to_string()));
}
inline Line dhcp_broadcast_response(std::uint32_t xid) {
  return dhcp_detail::line(fmt::format("{} broadcast response", xid));
}
inline Line dhcp_sent_option(std::uint32_t xid, std::size_t size, unsigned code, std::string_view name,
                             std::string_view value) {
  return dhcp_detail::line(fmt::format("{} sent size:{:3} option:{:3} {}  {}", xid, size, code, name, value));
}

// The lease file. What is said while it is read comes before the program is set up, and without the tag of DHCP.

inline Line lease_line_invalid(std::string_view first, std::string_view second, std::string_view third,
                               std::string_view fourth) {
  return {Priority::warning, Subsystem::core,
          fmt::format("ignoring invalid line in lease database: {} {} {} {} ...", first, second, third, fourth)};
}
inline Line lease_line_bad_address(std::string_view word) {
  return {Priority::warning, Subsystem::core,
          fmt::format("ignoring invalid line in lease database, bad address: {}", word)};
}
inline Line lease_file_not_clean() {
  return {Priority::error, Subsystem::core, "failed to parse lease database cleanly"};
}
// `retry` in seconds
inline Line lease_file_write_failed(std::string_view path, std::string_view error, std::int64_t retry) {
  return dhcp_detail::line(fmt::format("failed to write {}: {} (retry in {} s)", path, error, retry), Priority::error);
}

// Ours: the reference has no journal.
inline Line lease_journal_failed(std::string_view path, std::string_view error) {
  return dhcp_detail::line(fmt::format("cannot write lease journal {}: {}", path, error), Priority::warning);
}

}  // namespace swapmasq::log
