// What the DNS engine reads (spec dns-forwarding.md, dns-local-data.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "settings/dhcp.hpp"
#include "settings/dns_filters.hpp"
#include "settings/domain_rules.hpp"
#include "settings/records.hpp"

namespace swapmasq::settings {

// host-record: every name gets every address
struct HostRecord {
  std::vector<std::string> names;
  std::optional<Ipv4> v4;
  std::optional<Ipv6> v6;
  std::optional<std::uint32_t> ttl;  // seconds; local_ttl when absent
};

struct QueryLog {
  bool enabled = false;
  bool extra = false;
  bool proto = false;
  bool auth = false;
  bool only_failed = false;
};

struct Dns {
  std::uint16_t port = 53;  // 0: DNS is off
  std::uint32_t cache_size = 150;
  DomainRules rules;
  std::vector<std::string> resolv_files = {"/etc/resolv.conf"};
  bool resolv_file_given = false;  // resolv_files come from resolv-file lines
  bool no_resolv = false;
  bool no_poll = false;
  bool no_hosts = false;
  std::vector<std::string> hosts_files;  // addn-hosts, in the order of configuration
  std::vector<std::string> hosts_dirs;   // hostsdir; watched
  std::string servers_file;              // empty: none
  bool expand_hosts = false;
  std::string domain;  // the default domain; empty: none
  std::vector<ConditionalDomain> conditional_domains;
  std::vector<HostRecord> host_records;
  std::vector<SynthDomain> synth_domains;
  std::vector<Cname> cnames;
  std::vector<MxHost> mx_hosts;
  std::string mx_target;  // of mx-host lines without one, and of localmx; own host name unless given
  std::vector<SrvHost> srv_hosts;
  std::vector<TxtRecord> txt_records;
  std::vector<PtrRecord> ptr_records;
  std::vector<NaptrRecord> naptr_records;
  std::vector<DnsRecord> dns_records;  // dns-rr and caa-record, in one order
  std::vector<InterfaceName> interface_names;
  std::vector<AddressPrefix> bogus_nxdomain;
  std::vector<AddressPrefix> ignore_addresses;
  std::vector<AddressAlias> aliases;      // the last that matches counts
  std::vector<std::uint16_t> filter_rrs;  // record types; filter-A, filter-AAAA and filter-rr
  std::vector<std::uint16_t> cache_rrs;   // record types; cache-rr
  std::vector<SetRule> ipsets;
  std::vector<SetRule> nftsets;
  std::optional<std::uint32_t> connmark_allowlist_mask;  // connmark-allowlist-enable; absent: off
  std::vector<ConnmarkAllowlist> connmark_allowlists;
  std::vector<std::string> rebind_domains_ok;  // empty: names without a dot
  bool domain_needed = false;
  bool bogus_priv = false;
  bool filterwin2k = false;
  bool stop_rebind = false;
  bool rebind_localhost_ok = false;
  bool localmx = false;
  bool selfmx = false;
  bool strict_order = false;
  bool all_servers = false;
  bool no_negcache = false;
  bool no_round_robin = false;
  bool localise_queries = false;
  bool clear_on_reload = false;
  bool no_ident = false;
  bool do_0x20_encode = false;
  bool no_0x20_encode = false;
  bool loop_detect = false;
  bool conntrack = false;
  bool proxy_dnssec = false;
  bool strip_mac = false;
  bool strip_subnet = false;
  std::optional<AddMac> add_mac;
  std::optional<AddSubnet> add_subnet;
  std::string add_cpe_id;  // empty: none
  std::optional<Umbrella> umbrella;
  std::optional<FastRetry> fast_retry;           // fast-dns-retry; always there with dnssec
  std::optional<std::uint32_t> stale_cache_ttl;  // use-stale-cache: seconds, 0: for ever; absent: off
  std::uint32_t local_ttl = 0;                   // seconds
  std::optional<std::uint32_t> dhcp_ttl;         // of the names of leases; local_ttl when absent
  std::uint32_t neg_ttl = 0;
  std::uint32_t max_ttl = 0;  // 0: no limit
  std::uint32_t max_cache_ttl = 0;
  std::uint32_t min_cache_ttl = 0;
  std::uint32_t forward_max = 150;
  std::uint16_t edns_packet_max = 1232;
  std::optional<std::uint16_t> query_port;
  std::uint16_t min_port = 0;  // source ports are min_port..max_port; both 0: the kernel's choice
  std::uint16_t max_port = 0;
  std::uint32_t port_limit = 1;  // random ports per query
  std::uint32_t max_tcp_connections = 30;
  unsigned threads = 1;  // that answer queries over UDP
  QueryLog log_queries;

  bool enabled() const { return port != 0; }
};

}  // namespace swapmasq::settings
