// What the DHCPv4 engine reads: the typed values of the dhcp-* options. Lists are in the order of configuration; where
// dnsmasq lets the later line win, the engine searches from the end.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "settings/address_prefix.hpp"
#include "settings/dhcp_relay.hpp"
#include "settings/tags.hpp"

namespace swapmasq::settings {

// Seconds; infinite_lease is "never ends".
using LeaseTime = std::uint32_t;
inline constexpr LeaseTime infinite_lease = 0xffffffffU;
inline constexpr LeaseTime default_lease = 3600;

// dhcp-range (IPv4)
struct DhcpRange {
  enum class Kind { dynamic, static_only, proxy };

  Kind kind = Kind::dynamic;
  Ipv4 start;
  Ipv4 end;  // = start unless dynamic
  std::optional<Ipv4> netmask;
  std::optional<Ipv4> broadcast;
  LeaseTime lease = default_lease;
  std::string set_tag;  // empty: none
  TagTests filters;
};

// A dhcp-host hardware address: octets that are nothing match any octet. Type nothing: any type.
struct HardwarePattern {
  std::optional<std::uint8_t> type;
  std::vector<std::optional<std::uint8_t>> octets;
};

// A dhcp-host IPv6 address. With the upper 64 bits zero it is an interface identifier, joined to the prefix of a range.
struct HostAddress6 {
  Ipv6 address;
  std::uint8_t prefix_length = 128;
};

// dhcp-host
struct DhcpHost {
  std::vector<HardwarePattern> hardware;
  std::optional<Bytes> client_id;
  bool ignore_client_id = false;  // id:*
  std::optional<Ipv4> address;
  bool has_ipv6_address = false;  // such an entry without IPv4 address never matches an IPv4 client
  std::string name;               // first label; empty: none
  std::string domain;             // rest of a dotted name
  std::optional<LeaseTime> lease;
  std::vector<std::string> set_tags;
  TagTests filters;
  bool ignore = false;
  std::vector<HostAddress6> ipv6_addresses;
};

// dhcp-option, dhcp-option-force, dhcp-option-pxe. `data` is the value as it goes on the wire, but for 0.0.0.0 in
// address lists (the server's own address), and the terminator that options 66 and 67 get.
struct DhcpOption {
  enum class Scope { plain, vendor, encapsulated, vendor_identifying };
  enum class Encoding { bytes, addresses, text };

  std::uint32_t code = 0;  // as configured; a forced one is sent modulo 256
  Scope scope = Scope::plain;
  std::string vendor_class;         // scope vendor
  std::uint32_t encapsulating = 0;  // scope encapsulated: outer option; vendor_identifying: enterprise number
  TagTests filters;
  bool forced = false;
  bool pxe_only = false;
  Encoding encoding = Encoding::bytes;
  Bytes data;
  bool dhcp6 = false;  // option6: an option of DHCPv6
};

// dhcp-boot
struct DhcpBoot {
  TagTests filters;
  std::string file;
  std::string server_name;
  std::optional<Ipv4> server;  // a literal next server
  std::string server_host;     // or a name to look up in the hosts files
};

// pxe-service
struct PxeService {
  TagTests filters;
  std::uint16_t architecture = 0;  // RFC 4578 client system architecture
  std::string menu_text;
  std::uint16_t type = 0;  // boot server type; 0 = local boot; services with a basename are numbered from 32768 on
  std::string basename;    // empty: none
  std::optional<Ipv4> server;
  std::string server_host;
};

// pxe-prompt
struct PxePrompt {
  TagTests filters;
  std::string text;
  std::uint8_t timeout = 255;  // seconds; 255 waits for ever, 0 boots the first entry
};

// bridge-interface
struct BridgeInterface {
  std::string interface;
  std::vector<std::string> aliases;  // each may end in '*'
};

// shared-network
struct SharedNetwork {
  std::string interface;  // not empty: instead of `address`
  Ipv4 address;
  Ipv4 shared;  // in the subnet of the ranges that are served, too
};

// domain=<name>,<range>: the domain of addresses in a range, or of an interface's subnets
struct ConditionalDomain {
  std::string name;
  IpAddress first;
  IpAddress last;
  std::string interface;  // not empty: the subnets of this interface instead of first..last
};

// dhcp-script, dhcp-luascript and what belongs to them (spec leases-and-scripts.md section 5)
struct LeaseScript {
  std::string path;           // empty: none
  std::string lua_file;       // dhcp-luascript; empty: none
  std::string user = "root";  // dhcp-scriptuser
  bool on_renewal = false;    // script-on-renewal
  bool arp = false;           // script-arp
};

// dhcp-hostsdir, dhcp-optsdir: a watched folder of files
struct DhcpFolder {
  enum class Content { hosts, options };

  Content content = Content::hosts;
  std::string path;
};

struct Dhcp {
  std::vector<DhcpRange> ranges;
  std::vector<DhcpHost> hosts;
  std::vector<DhcpOption> options;
  // Files and folders with more of them, in the order of configuration.
  std::vector<std::string> hosts_files;    // dhcp-hostsfile
  std::vector<std::string> options_files;  // dhcp-optsfile
  std::vector<DhcpFolder> folders;
  std::vector<DhcpBoot> boots;
  std::vector<PxeService> pxe_services;
  std::vector<PxePrompt> pxe_prompts;
  std::vector<std::string> pxe_vendors = {"PXEClient"};
  // One list of tags per line; a line without tags always applies, but never for dhcp-ignore.
  std::vector<TagTests> ignore;          // dhcp-ignore
  std::vector<TagTests> ignore_names;    // dhcp-ignore-names
  std::vector<TagTests> generate_names;  // dhcp-generate-names
  std::vector<TagTests> broadcast;       // dhcp-broadcast
  std::vector<TagTests> bootp_dynamic;   // bootp-dynamic
  std::vector<BridgeInterface> bridge_interfaces;
  std::vector<SharedNetwork> shared_networks;
  std::vector<DhcpRelay> relays;
  std::vector<AddressPrefix> leasequery_sources;  // who may ask; empty: anyone
  std::vector<Ipv4> proxy_relays;                 // dhcp-proxy
  std::string lease_file = "/var/lib/misc/dnsmasq.leases";
  bool lease_file_read_only = false;  // leasefile-ro
  LeaseScript script;
  std::uint32_t lease_max = 1000;
  bool leasequery = false;
  bool proxy_all_relays = false;  // dhcp-proxy without addresses
  bool read_ethers = false;       // /etc/ethers
  bool authoritative = false;
  bool no_ping = false;
  bool no_override = false;
  bool sequential_ip = false;
  bool log_dhcp = false;
  bool quiet = false;
  bool ignore_client_id = false;  // dhcp-ignore-clid
  bool rapid_commit = false;
  bool client_update = false;
  bool fqdn = false;  // dhcp-fqdn
  std::uint16_t server_port = 67;
  std::uint16_t client_port = 68;

  bool enabled() const { return !ranges.empty(); }
};

}  // namespace swapmasq::settings
