// The one table of options: every option of dnsmasq 2.93 with what the lexer, the command line, --help and the
// manual's list have to know about it. A name that is not here is no option.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace swapmasq::grammar {

// In the order of --help; each hidden alias stands after the option it is an alias of.
enum class Option : std::uint8_t {
  listen_address,
  address,
  bogus_priv,
  bogus_nxdomain,
  cache_size,
  conf_file,
  no_daemon,
  domain_needed,
  selfmx,
  expand_hosts,
  filterwin2k,
  filter_A,
  filter_AAAA,
  filter_rr,
  dhcp_range,
  group,
  dhcp_host,
  dhcp_hostsfile,
  dhcp_optsfile,
  dhcp_hostsdir,
  dhcp_optsdir,
  tag_if,
  no_hosts,
  addn_hosts,
  hostsdir,
  interface,
  except_interface,
  dhcp_userclass,
  dhcp_circuitid,
  dhcp_remoteid,
  dhcp_subscrid,
  dhcp_pxe_vendor,
  dhcp_ignore,
  dhcp_broadcast,
  keep_in_foreground,
  dhcp_authoritative,
  dhcp_leasefile,
  dhcp_lease,
  localmx,
  mx_host,
  dhcp_boot,
  no_poll,
  no_negcache,
  use_stale_cache,
  strict_order,
  dhcp_option,
  dhcp_option_force,
  dhcp_option_pxe,
  port,
  edns_packet_max,
  log_queries,
  query_port,
  port_limit,
  no_resolv,
  resolv_file,
  servers_file,
  server,
  rev_server,
  local,
  domain,
  domain_suffix,
  mx_target,
  local_ttl,
  neg_ttl,
  max_ttl,
  max_cache_ttl,
  min_cache_ttl,
  fast_dns_retry,
  user,
  dhcp_vendorclass,
  version,
  alias,
  srv_host,
  help,
  pid_file,
  dhcp_lease_max,
  localise_queries,
  txt_record,
  ptr_record,
  interface_name,
  bind_interfaces,
  read_ethers,
  enable_dbus,
  enable_ubus,
  no_dhcp_interface,
  no_dhcpv6_interface,
  no_dhcpv4_interface,
  bootp_dynamic,
  dhcp_mac,
  bridge_interface,
  shared_network,
  leasequery,
  no_ping,
  dhcp_script,
  dhcp_luascript,
  dhcp_scriptuser,
  script_arp,
  conf_dir,
  conf_script,
  log_facility,
  leasefile_ro,
  dns_forward_max,
  clear_on_reload,
  dhcp_ignore_names,
  dhcp_no_override,
  enable_tftp,
  tftp_root,
  tftp_unique_root,
  tftp_secure,
  tftp_no_fail,
  tftp_max,
  tftp_mtu,
  tftp_no_blocksize,
  tftp_lowercase,
  tftp_port_range,
  tftp_single_port,
  log_dhcp,
  log_async,
  stop_dns_rebind,
  rebind_localhost_ok,
  rebind_domain_ok,
  all_servers,
  dhcp_match,
  dhcp_name_match,
  dhcp_alternate_port,
  naptr_record,
  min_port,
  max_port,
  dhcp_fqdn,
  dhcp_generate_names,
  dhcp_proxy,
  dhcp_relay,
  dhcp_split_relay,
  cname,
  pxe_prompt,
  pxe_service,
  test,
  add_mac,
  strip_mac,
  add_subnet,
  strip_subnet,
  add_cpe_id,
  proxy_dnssec,
  dhcp_sequential_ip,
  dhcp_ignore_clid,
  conntrack,
  dhcp_client_update,
  enable_ra,
  dhcp_duid,
  host_record,
  dynamic_host,
  caa_record,
  dns_rr,
  bind_dynamic,
  auth_server,
  auth_zone,
  auth_ttl,
  auth_soa,
  auth_sec_servers,
  auth_peer,
  ipset,
  nftset,
  connmark_allowlist_enable,
  connmark_allowlist,
  synth_domain,
  dnssec,
  trust_anchor,
  dnssec_debug,
  dnssec_check_unsigned,
  dnssec_no_timecheck,
  dnssec_timestamp,
  dnssec_limits,
  ra_param,
  quiet_dhcp,
  quiet_dhcp6,
  quiet_ra,
  log_debug,
  local_service,
  dns_loop_detect,
  ignore_address,
  dhcp_ttl,
  dhcp_reply_delay,
  dhcp_rapid_commit,
  dumpfile,
  dumpmask,
  script_on_renewal,
  umbrella,
  quiet_tftp,
  no_round_robin,
  no_0x20_encode,
  do_0x20_encode,
  no_ident,
  cache_rr,
  max_tcp_connections,
  log_malloc,
};

inline constexpr std::size_t option_count = 195;
constexpr std::size_t index_of(Option option) { return static_cast<std::size_t>(option); }

enum class ArgumentKind : std::uint8_t {
  none,
  required,
  optional,               // on the command line only as --name=value; the short form always takes one
  optional_in_long_form,  // the same, but the short form takes none
};

// How often an option may stand on the command line, and again in all files together.
enum class Repeat : std::uint8_t { any, once };

enum class Area : std::uint8_t {
  daemon,
  logging,
  dns,
  auth,
  dnssec,
  dhcp,
  dhcp4,
  dhcp6,
  ra,
  pxe,
  tftp,
  dbus,
  ubus,
};

// Whether this build acts on the option.
enum class Support : std::uint8_t {
  works,
  judged,  // read, checked and stored; a start says that it has no effect yet
  no_lua,  // refused, as by a dnsmasq without Lua
};

inline constexpr char no_letter = '\0';

struct OptionRow {
  Option option;
  Option canonical;  // the option that an alias stands for, else the option itself
  std::string_view name;
  char letter;  // short form, or no_letter
  ArgumentKind argument;
  Repeat repeat;
  Area area;
  Support support;
  std::string_view since;          // first release that has it, where newer than 2.79; else empty
  std::string_view argument_text;  // --help's left column after the name; '=' comes before it unless it begins with '['
  std::string_view help;

  constexpr bool alias() const { return option != canonical; }
};

// All rows, in the order of Option.
std::span<const OptionRow, option_count> option_table();

const OptionRow& row_of(Option option);

// The row with exactly this long name.
const OptionRow* find_option(std::string_view name);

// The message for an option that this build refuses, as dnsmasq does when a feature was left out of it.
std::optional<std::string_view> refusal(const OptionRow& row);

}  // namespace swapmasq::grammar
