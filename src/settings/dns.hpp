// What the DNS engine reads (spec dns-forwarding.md, dns-local-data.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "settings/dhcp.hpp"
#include "settings/records.hpp"

namespace swapmasq::settings {

// Which names a server, local or address line is about (spec dns-forwarding.md section 4). Names are lower case,
// without leading or trailing dots.
struct DomainPattern {
  enum class Kind {
    any,          // no domain, "#": every name
    unqualified,  // "//": names without a dot
    subdomains,   // "dom": dom and everything below
    suffix,       // "*dom": every name that ends in these characters
  };

  Kind kind = Kind::any;
  std::string name;

  bool operator==(const DomainPattern&) const = default;
};

// One pattern of a server=, local=, address= or rev-server= line.
struct DomainRule {
  enum class Action {
    forward,           // to `server`
    standard_servers,  // target "#" of server=
    local_only,        // no target: never forwarded
    literal,           // address=: answer with `address`
    zeros,             // address=/x/#: answer 0.0.0.0 and ::
  };

  DomainPattern pattern;
  Action action = Action::forward;
  Endpoint server;                          // forward; port 53 unless given
  std::optional<IpAddress> source_address;  // forward, after '@'
  std::optional<std::uint16_t> source_port;
  std::string source_interface;
  IpAddress address;  // literal
};

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
  std::vector<DomainRule> rules;
  std::vector<std::string> resolv_files = {"/etc/resolv.conf"};
  bool resolv_file_given = false;  // resolv_files come from resolv-file lines
  bool no_resolv = false;
  bool no_poll = false;
  bool no_hosts = false;
  std::vector<std::string> hosts_files;  // addn-hosts, in the order of configuration
  bool expand_hosts = false;
  std::string domain;  // the default domain; empty: none
  std::vector<ConditionalDomain> conditional_domains;
  std::vector<HostRecord> host_records;
  std::vector<Cname> cnames;
  std::vector<MxHost> mx_hosts;
  std::vector<SrvHost> srv_hosts;
  std::vector<TxtRecord> txt_records;
  std::vector<PtrRecord> ptr_records;
  std::vector<NaptrRecord> naptr_records;
  std::vector<DnsRecord> dns_records;  // dns-rr and caa-record, in one order
  bool domain_needed = false;
  bool bogus_priv = false;
  bool filterwin2k = false;
  bool strict_order = false;
  bool all_servers = false;
  bool no_negcache = false;
  bool no_round_robin = false;
  bool localise_queries = false;
  bool no_ident = false;
  std::uint32_t local_ttl = 0;  // seconds
  std::uint32_t neg_ttl = 0;
  std::uint32_t max_ttl = 0;  // 0: no limit
  std::uint32_t max_cache_ttl = 0;
  std::uint32_t min_cache_ttl = 0;
  std::uint32_t forward_max = 150;
  std::uint16_t edns_packet_max = 1232;
  std::optional<std::uint16_t> query_port;
  std::uint16_t min_port = 1024;
  std::uint16_t max_port = 65535;
  std::uint32_t max_tcp_connections = 30;
  QueryLog log_queries;

  bool enabled() const { return port != 0; }
};

}  // namespace swapmasq::settings
