#include "grammar/option_table.hpp"

#include <algorithm>
#include <array>

namespace swapmasq::grammar {

namespace {

#ifdef SWAPMASQ_LUA
constexpr auto lua_support = Support::works;
#else
constexpr auto lua_support = Support::no_lua;
#endif

// clang-format off
constexpr std::array<OptionRow, option_count> table{{
    {Option::listen_address, Option::listen_address, "listen-address", 'a', ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<ipaddr>", "Answer on these addresses of this host."},
    {Option::address, Option::address, "address", 'A', ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "/<domain>/<ipaddr>", "Answer every name in these domains with this address, without asking upstream."},
    {Option::bogus_priv, Option::bogus_priv, "bogus-priv", 'b', ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Answer reverse lookups of private addresses here; unknown ones do not exist."},
    {Option::bogus_nxdomain, Option::bogus_nxdomain, "bogus-nxdomain", 'B', ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<ipaddr>", "Turn upstream answers that contain this address into \"no such name\"."},
    {Option::cache_size, Option::cache_size, "cache-size", 'c', ArgumentKind::optional, Repeat::once, Area::dns, Support::works, "", "<integer>", "How many records the DNS cache holds (defaults to 150; 0 turns it off)."},
    {Option::conf_file, Option::conf_file, "conf-file", 'C', ArgumentKind::optional, Repeat::any, Area::daemon, Support::works, "", "<path>", "The file where configuration begins (/etc/dnsmasq.conf if none is named)."},
    {Option::no_daemon, Option::no_daemon, "no-daemon", 'd', ArgumentKind::none, Repeat::any, Area::daemon, Support::works, "", "", "Debug mode: stay attached to the terminal, keep the user, log to stderr."},
    {Option::domain_needed, Option::domain_needed, "domain-needed", 'D', ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Keep address queries for names without a dot inside this network."},
    {Option::selfmx, Option::selfmx, "selfmx", 'e', ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Give every local host an MX record that names the host itself."},
    {Option::expand_hosts, Option::expand_hosts, "expand-hosts", 'E', ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Append the domain to dotless names from hosts files."},
    {Option::filterwin2k, Option::filterwin2k, "filterwin2k", 'f', ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Drop the periodic SOA and SRV queries of old Windows clients."},
    {Option::filter_A, Option::filter_A, "filter-A", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::works, "2.87", "", "Leave A records out of upstream answers."},
    {Option::filter_AAAA, Option::filter_AAAA, "filter-AAAA", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::works, "2.87", "", "Leave AAAA records out of upstream answers."},
    {Option::filter_rr, Option::filter_rr, "filter-rr", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "2.90", "<RR-type>", "Leave records of these types out of upstream answers."},
    {Option::dhcp_range, Option::dhcp_range, "dhcp-range", 'F', ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "<ipaddr>,...", "Hand out leases from this range; turns the DHCP server on."},
    {Option::group, Option::group, "group", 'g', ArgumentKind::optional, Repeat::once, Area::daemon, Support::works, "", "<groupname>", "Group of the running process (dip if none is named)."},
    {Option::dhcp_host, Option::dhcp_host, "dhcp-host", 'G', ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "<hostspec>", "Fix address, name, lease time or tags of one client."},
    {Option::dhcp_hostsfile, Option::dhcp_hostsfile, "dhcp-hostsfile", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "<path>", "File or folder of dhcp-host lines, read again on SIGHUP."},
    {Option::dhcp_optsfile, Option::dhcp_optsfile, "dhcp-optsfile", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "<path>", "File or folder of dhcp-option lines, read again on SIGHUP."},
    {Option::dhcp_hostsdir, Option::dhcp_hostsdir, "dhcp-hostsdir", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "<path>", "Folder of dhcp-host lines, watched for changes."},
    {Option::dhcp_optsdir, Option::dhcp_optsdir, "dhcp-optsdir", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "<path>", "Folder of dhcp-option lines, watched for changes."},
    {Option::tag_if, Option::tag_if, "tag-if", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "tag-expression", "Set tags when other tags are set or absent."},
    {Option::no_hosts, Option::no_hosts, "no-hosts", 'h', ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Leave /etc/hosts unread."},
    {Option::addn_hosts, Option::addn_hosts, "addn-hosts", 'H', ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<path>", "One more hosts file, or a folder of them."},
    {Option::hostsdir, Option::hostsdir, "hostsdir", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<path>", "Folder of hosts files, watched for changes."},
    {Option::interface, Option::interface, "interface", 'i', ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<interface>", "Serve these interfaces (and loopback)."},
    {Option::except_interface, Option::except_interface, "except-interface", 'I', ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<interface>", "Leave these interfaces alone."},
    {Option::dhcp_userclass, Option::dhcp_userclass, "dhcp-userclass", 'j', ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "set:<tag>,<class>", "Tag clients by their user class."},
    {Option::dhcp_circuitid, Option::dhcp_circuitid, "dhcp-circuitid", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp4, Support::works, "", "set:<tag>,<circuit>", "Tag clients by the circuit-id that their relay adds."},
    {Option::dhcp_remoteid, Option::dhcp_remoteid, "dhcp-remoteid", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "set:<tag>,<remote>", "Tag clients by the remote-id that their relay adds."},
    {Option::dhcp_subscrid, Option::dhcp_subscrid, "dhcp-subscrid", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "set:<tag>,<remote>", "Tag clients by the subscriber-id that their relay adds."},
    {Option::dhcp_pxe_vendor, Option::dhcp_pxe_vendor, "dhcp-pxe-vendor", no_letter, ArgumentKind::required, Repeat::any, Area::pxe, Support::works, "2.83", "<vendor>[,...]", "Vendor classes that count as PXE clients (defaults to PXEClient)."},
    {Option::dhcp_ignore, Option::dhcp_ignore, "dhcp-ignore", 'J', ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "tag:<tag>...", "Give no lease to clients that carry all these tags."},
    {Option::dhcp_broadcast, Option::dhcp_broadcast, "dhcp-broadcast", no_letter, ArgumentKind::optional, Repeat::any, Area::dhcp4, Support::works, "", "[=tag:<tag>...]", "Always reply by broadcast, or only to clients with these tags."},
    {Option::keep_in_foreground, Option::keep_in_foreground, "keep-in-foreground", 'k', ArgumentKind::none, Repeat::any, Area::daemon, Support::works, "", "", "Stay in the foreground, in every other way a normal daemon."},
    {Option::dhcp_authoritative, Option::dhcp_authoritative, "dhcp-authoritative", 'K', ArgumentKind::none, Repeat::any, Area::dhcp, Support::works, "", "", "Act as the network's only DHCP server: refuse unknown leases at once."},
    {Option::dhcp_leasefile, Option::dhcp_leasefile, "dhcp-leasefile", 'l', ArgumentKind::optional, Repeat::once, Area::dhcp, Support::works, "", "<path>", "The lease database, a text file (/var/lib/misc/dnsmasq.leases if none is named)."},
    {Option::dhcp_lease, Option::dhcp_leasefile, "dhcp-lease", 'l', ArgumentKind::required, Repeat::once, Area::dhcp, Support::works, "", "<path>", "Same as dhcp-leasefile."},
    {Option::localmx, Option::localmx, "localmx", 'L', ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Give every local host an MX record that names the mx-target."},
    {Option::mx_host, Option::mx_host, "mx-host", 'm', ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<host_name>,<target>,<pref>", "Name a mail exchanger for a domain."},
    {Option::dhcp_boot, Option::dhcp_boot, "dhcp-boot", 'M', ArgumentKind::required, Repeat::any, Area::dhcp4, Support::works, "", "<bootp opts>", "Boot file, boot server name and address for network boot clients."},
    {Option::no_poll, Option::no_poll, "no-poll", 'n', ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Read resolv files once and again on SIGHUP, do not watch them."},
    {Option::no_negcache, Option::no_negcache, "no-negcache", 'N', ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Cache only answers that hold data."},
    {Option::use_stale_cache, Option::use_stale_cache, "use-stale-cache", no_letter, ArgumentKind::optional, Repeat::once, Area::dns, Support::works, "2.88", "[=<max_expired>]", "Serve expired cache records while a fresh answer is on its way."},
    {Option::strict_order, Option::strict_order, "strict-order", 'o', ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Ask upstream servers one after the other, in their configured order."},
    {Option::dhcp_option, Option::dhcp_option, "dhcp-option", 'O', ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "<optspec>", "Send this DHCP option to clients that ask for it."},
    {Option::dhcp_option_force, Option::dhcp_option_force, "dhcp-option-force", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "<optspec>", "Send this DHCP option whether the client asks or not."},
    {Option::dhcp_option_pxe, Option::dhcp_option_pxe, "dhcp-option-pxe", no_letter, ArgumentKind::required, Repeat::any, Area::pxe, Support::works, "2.91", "<optspec>", "Send this DHCP option to PXE clients only, as proxy too."},
    {Option::port, Option::port, "port", 'p', ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<integer>", "UDP and TCP port of the DNS service (defaults to 53; 0 turns it off)."},
    {Option::edns_packet_max, Option::edns_packet_max, "edns-packet-max", 'P', ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<integer>", "Largest DNS datagram that is sent and accepted (defaults to 1232)."},
    {Option::log_queries, Option::log_queries, "log-queries", 'q', ArgumentKind::optional_in_long_form, Repeat::any, Area::logging, Support::works, "", "", "Log each DNS query and where its answer came from."},
    {Option::query_port, Option::query_port, "query-port", 'Q', ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<integer>", "Send all upstream queries from this port."},
    {Option::port_limit, Option::port_limit, "port-limit", no_letter, ArgumentKind::required, Repeat::once, Area::dns, Support::works, "2.88", "#ports", "How many source ports one query may use (defaults to 1)."},
    {Option::no_resolv, Option::no_resolv, "no-resolv", 'R', ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Take upstream servers from the configuration alone."},
    {Option::resolv_file, Option::resolv_file, "resolv-file", 'r', ArgumentKind::optional, Repeat::any, Area::dns, Support::works, "", "<path>", "Find upstream servers in this file (defaults to /etc/resolv.conf)."},
    {Option::servers_file, Option::servers_file, "servers-file", no_letter, ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<path>", "File of server and rev-server lines, read again on SIGHUP."},
    {Option::server, Option::server, "server", 'S', ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "/<domain>/<ipaddr>", "An upstream server, for everything or only for these domains."},
    {Option::rev_server, Option::rev_server, "rev-server", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<addr>/<prefix>,<ipaddr>", "An upstream server for reverse lookups of this network."},
    {Option::local, Option::local, "local", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "/<domain>/", "Answer these domains from local data only."},
    {Option::domain, Option::domain, "domain", 's', ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<domain>[,<range>]", "The local domain, or the domain of an address range."},
    {Option::domain_suffix, Option::domain, "domain-suffix", 's', ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<domain>[,<range>]", "Same as domain."},
    {Option::mx_target, Option::mx_target, "mx-target", 't', ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<host_name>", "Host that MX records without a target of their own name."},
    {Option::local_ttl, Option::local_ttl, "local-ttl", 'T', ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<integer>", "Seconds that clients may keep local answers (defaults to 0)."},
    {Option::neg_ttl, Option::neg_ttl, "neg-ttl", no_letter, ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<integer>", "Seconds to keep negative answers that carry no SOA record."},
    {Option::max_ttl, Option::max_ttl, "max-ttl", no_letter, ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<integer>", "Most seconds of life that an answer to a client claims."},
    {Option::max_cache_ttl, Option::max_cache_ttl, "max-cache-ttl", no_letter, ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<integer>", "Most seconds that a record stays in the cache."},
    {Option::min_cache_ttl, Option::min_cache_ttl, "min-cache-ttl", no_letter, ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<integer>", "Fewest seconds that a record stays in the cache, at most 3600."},
    {Option::fast_dns_retry, Option::fast_dns_retry, "fast-dns-retry", no_letter, ArgumentKind::optional, Repeat::once, Area::dns, Support::works, "2.88", "<milliseconds>", "Ask again upstream when this time passes without an answer."},
    {Option::user, Option::user, "user", 'u', ArgumentKind::optional, Repeat::once, Area::daemon, Support::works, "", "<username>", "User that the process becomes after start-up (nobody if none is named)."},
    {Option::dhcp_vendorclass, Option::dhcp_vendorclass, "dhcp-vendorclass", 'U', ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "set:<tag>,<class>", "Tag clients by their vendor class."},
    {Option::version, Option::version, "version", 'v', ArgumentKind::none, Repeat::any, Area::daemon, Support::works, "", "", "Print version, features and licence."},
    {Option::alias, Option::alias, "alias", 'V', ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<ipaddr>,<ipaddr>,<netmask>", "Put other IPv4 addresses into upstream answers."},
    {Option::srv_host, Option::srv_host, "srv-host", 'W', ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<name>,<target>,...", "Name the host and port of a service."},
    {Option::help, Option::help, "help", 'w', ArgumentKind::none, Repeat::any, Area::daemon, Support::works, "", "", "Print this list; `--help dhcp' and `--help dhcp6' print the known DHCP options."},
    {Option::pid_file, Option::pid_file, "pid-file", 'x', ArgumentKind::optional, Repeat::once, Area::daemon, Support::works, "", "<path>", "File that holds the process id (defaults to /var/run/dnsmasq.pid)."},
    {Option::dhcp_lease_max, Option::dhcp_lease_max, "dhcp-lease-max", 'X', ArgumentKind::required, Repeat::once, Area::dhcp, Support::works, "", "<integer>", "Most leases at one time (defaults to 1000)."},
    {Option::localise_queries, Option::localise_queries, "localise-queries", 'y', ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Prefer the address of a name that lies in the client's network."},
    {Option::txt_record, Option::txt_record, "txt-record", 'Y', ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<name>,<txt>[,<txt]", "Serve a TXT record."},
    {Option::ptr_record, Option::ptr_record, "ptr-record", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<name>,<target>", "Serve a PTR record."},
    {Option::interface_name, Option::interface_name, "interface-name", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<name>,<interface>", "Serve the addresses of an interface under this name."},
    {Option::bind_interfaces, Option::bind_interfaces, "bind-interfaces", 'z', ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Bind only the addresses that are served, not the wildcard."},
    {Option::read_ethers, Option::read_ethers, "read-ethers", 'Z', ArgumentKind::none, Repeat::any, Area::dhcp4, Support::works, "", "", "Take fixed addresses from /etc/ethers."},
    {Option::enable_dbus, Option::enable_dbus, "enable-dbus", '1', ArgumentKind::optional_in_long_form, Repeat::once, Area::dbus, Support::judged, "", "[=<busname>]", "Accept servers and report leases over D-Bus."},
    {Option::enable_ubus, Option::enable_ubus, "enable-ubus", no_letter, ArgumentKind::optional, Repeat::once, Area::ubus, Support::works, "", "[=<busname>]", "Report events over ubus."},
    {Option::no_dhcp_interface, Option::no_dhcp_interface, "no-dhcp-interface", '2', ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "<interface>", "No DHCP and no TFTP on these interfaces, DNS only."},
    {Option::no_dhcpv6_interface, Option::no_dhcpv6_interface, "no-dhcpv6-interface", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp6, Support::works, "2.90", "<interface>", "Keep DHCPv6 and router advertisements off these interfaces."},
    {Option::no_dhcpv4_interface, Option::no_dhcpv4_interface, "no-dhcpv4-interface", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp4, Support::works, "2.90", "<interface>", "Keep DHCPv4 off these interfaces."},
    {Option::bootp_dynamic, Option::bootp_dynamic, "bootp-dynamic", '3', ArgumentKind::optional, Repeat::any, Area::dhcp4, Support::works, "", "[=tag:<tag>]...", "Lease addresses to BOOTP clients too."},
    {Option::dhcp_mac, Option::dhcp_mac, "dhcp-mac", '4', ArgumentKind::required, Repeat::any, Area::dhcp4, Support::works, "", "set:<tag>,<mac address>", "Tag clients by a pattern of their hardware address."},
    {Option::bridge_interface, Option::bridge_interface, "bridge-interface", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "<iface>,<alias>..", "Treat DHCP requests from these interfaces as if from another one."},
    {Option::shared_network, Option::shared_network, "shared-network", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "2.81", "<iface>|<addr>,<addr>", "Lease addresses of a network that shares the wire with another."},
    {Option::leasequery, Option::leasequery, "leasequery", no_letter, ArgumentKind::optional, Repeat::any, Area::dhcp4, Support::works, "2.92", "[<addr>[/prefix>]]", "Answer lease queries (RFC 4388), perhaps only from these sources."},
    {Option::no_ping, Option::no_ping, "no-ping", '5', ArgumentKind::none, Repeat::any, Area::dhcp4, Support::works, "", "", "Offer addresses without trying first whether they answer a ping."},
    {Option::dhcp_script, Option::dhcp_script, "dhcp-script", '6', ArgumentKind::required, Repeat::once, Area::dhcp, Support::works, "", "<path>", "Program that is run whenever a lease begins, changes or ends."},
    {Option::dhcp_luascript, Option::dhcp_luascript, "dhcp-luascript", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, lua_support, "", "path", "Lua file whose functions are called whenever a lease changes."},
    {Option::dhcp_scriptuser, Option::dhcp_scriptuser, "dhcp-scriptuser", no_letter, ArgumentKind::required, Repeat::once, Area::dhcp, Support::works, "", "<username>", "User that the lease program runs as (defaults to root)."},
    {Option::script_arp, Option::script_arp, "script-arp", no_letter, ArgumentKind::none, Repeat::any, Area::dhcp, Support::works, "", "", "Tell the lease program about neighbours that come and go."},
    {Option::conf_dir, Option::conf_dir, "conf-dir", '7', ArgumentKind::required, Repeat::any, Area::daemon, Support::works, "", "<path>", "Read every fitting file of this folder as configuration."},
    {Option::conf_script, Option::conf_script, "conf-script", no_letter, ArgumentKind::required, Repeat::any, Area::daemon, Support::works, "2.87", "<path>", "Run this command and read what it prints as configuration."},
    {Option::log_facility, Option::log_facility, "log-facility", '8', ArgumentKind::required, Repeat::once, Area::logging, Support::works, "", "<facility>|<file>", "Syslog facility, log file or \"-\" for stderr (defaults to daemon)."},
    {Option::leasefile_ro, Option::leasefile_ro, "leasefile-ro", '9', ArgumentKind::none, Repeat::any, Area::dhcp, Support::works, "", "", "Never write a lease file."},
    {Option::dns_forward_max, Option::dns_forward_max, "dns-forward-max", '0', ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<integer>", "Most upstream queries under way at one time (defaults to 150)."},
    {Option::clear_on_reload, Option::clear_on_reload, "clear-on-reload", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Empty the cache whenever a resolv file changes."},
    {Option::dhcp_ignore_names, Option::dhcp_ignore_names, "dhcp-ignore-names", no_letter, ArgumentKind::optional, Repeat::any, Area::dhcp, Support::works, "", "[=tag:<tag>]...", "Disregard the host names that DHCP clients claim."},
    {Option::dhcp_no_override, Option::dhcp_no_override, "dhcp-no-override", no_letter, ArgumentKind::none, Repeat::any, Area::dhcp4, Support::works, "", "", "Keep DHCP options out of the packet's file and server name fields."},
    {Option::enable_tftp, Option::enable_tftp, "enable-tftp", no_letter, ArgumentKind::optional, Repeat::any, Area::tftp, Support::works, "", "[=<intr>[,<intr>]]", "Serve files by TFTP, perhaps only on these interfaces."},
    {Option::tftp_root, Option::tftp_root, "tftp-root", no_letter, ArgumentKind::required, Repeat::any, Area::tftp, Support::works, "", "<dir>[,<iface>]", "Folder that TFTP serves, for all or for one interface."},
    {Option::tftp_unique_root, Option::tftp_unique_root, "tftp-unique-root", no_letter, ArgumentKind::optional, Repeat::any, Area::tftp, Support::works, "", "[=ip|mac]", "Look for files below a folder named after the client's address."},
    {Option::tftp_secure, Option::tftp_secure, "tftp-secure", no_letter, ArgumentKind::none, Repeat::any, Area::tftp, Support::works, "", "", "Serve only files that the run-time user owns."},
    {Option::tftp_no_fail, Option::tftp_no_fail, "tftp-no-fail", no_letter, ArgumentKind::none, Repeat::any, Area::tftp, Support::works, "", "", "Start even if a TFTP folder is missing."},
    {Option::tftp_max, Option::tftp_max, "tftp-max", no_letter, ArgumentKind::required, Repeat::once, Area::tftp, Support::works, "", "<integer>", "Most TFTP transfers at one time (defaults to 50)."},
    {Option::tftp_mtu, Option::tftp_mtu, "tftp-mtu", no_letter, ArgumentKind::required, Repeat::once, Area::tftp, Support::works, "", "<integer>", "Network packet size that TFTP blocks must fit into."},
    {Option::tftp_no_blocksize, Option::tftp_no_blocksize, "tftp-no-blocksize", no_letter, ArgumentKind::none, Repeat::any, Area::tftp, Support::works, "", "", "Refuse to negotiate the TFTP block size."},
    {Option::tftp_lowercase, Option::tftp_lowercase, "tftp-lowercase", no_letter, ArgumentKind::none, Repeat::any, Area::tftp, Support::works, "", "", "Fold requested file names to lower case."},
    {Option::tftp_port_range, Option::tftp_port_range, "tftp-port-range", no_letter, ArgumentKind::required, Repeat::once, Area::tftp, Support::works, "", "<start>,<end>", "Ports from which TFTP transfers are sent."},
    {Option::tftp_single_port, Option::tftp_single_port, "tftp-single-port", no_letter, ArgumentKind::none, Repeat::any, Area::tftp, Support::works, "2.81", "", "Send TFTP transfers from the well-known port."},
    {Option::log_dhcp, Option::log_dhcp, "log-dhcp", no_letter, ArgumentKind::none, Repeat::any, Area::logging, Support::works, "", "", "Log tags, options and the reasons behind every DHCP reply."},
    {Option::log_async, Option::log_async, "log-async", no_letter, ArgumentKind::optional, Repeat::once, Area::logging, Support::works, "", "[=<integer>]", "Queue log lines so that a slow log cannot stop the service."},
    {Option::stop_dns_rebind, Option::stop_dns_rebind, "stop-dns-rebind", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Refuse upstream answers that point into private networks."},
    {Option::rebind_localhost_ok, Option::rebind_localhost_ok, "rebind-localhost-ok", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Let upstream answers point to 127.0.0.0/8 all the same."},
    {Option::rebind_domain_ok, Option::rebind_domain_ok, "rebind-domain-ok", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "/<domain>/", "Let names in these domains point into private networks."},
    {Option::all_servers, Option::all_servers, "all-servers", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Ask all upstream servers at once, take the first answer."},
    {Option::dhcp_match, Option::dhcp_match, "dhcp-match", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "set:<tag>,<optspec>", "Tag clients that send this DHCP option, perhaps with this value."},
    {Option::dhcp_name_match, Option::dhcp_name_match, "dhcp-name-match", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "2.80", "set:<tag>,<string>[*]", "Tag clients by the host name they send."},
    {Option::dhcp_alternate_port, Option::dhcp_alternate_port, "dhcp-alternate-port", no_letter, ArgumentKind::optional, Repeat::once, Area::dhcp4, Support::works, "", "[=<ports>]", "Other UDP ports for DHCP (1067 and 1068 if none are given)."},
    {Option::naptr_record, Option::naptr_record, "naptr-record", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<name>,<naptr>", "Serve a NAPTR record."},
    {Option::min_port, Option::min_port, "min-port", no_letter, ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<port>", "Lowest source port of upstream queries (defaults to 1024)."},
    {Option::max_port, Option::max_port, "max-port", no_letter, ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<port>", "Highest source port of upstream queries (defaults to 65535)."},
    {Option::dhcp_fqdn, Option::dhcp_fqdn, "dhcp-fqdn", no_letter, ArgumentKind::none, Repeat::any, Area::dhcp, Support::works, "", "", "Put only full names of DHCP clients into DNS."},
    {Option::dhcp_generate_names, Option::dhcp_generate_names, "dhcp-generate-names", no_letter, ArgumentKind::optional, Repeat::any, Area::dhcp, Support::works, "", "[=tag:<tag>]", "Name clients without a name after their hardware address."},
    {Option::dhcp_proxy, Option::dhcp_proxy, "dhcp-proxy", no_letter, ArgumentKind::optional, Repeat::any, Area::dhcp4, Support::works, "", "[=<ipaddr>]...", "Have renewals sent through these relays, or through all."},
    {Option::dhcp_relay, Option::dhcp_relay, "dhcp-relay", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp, Support::works, "", "<local-addr>,<server>[,<iface>]", "Pass DHCP requests on to a server in another network."},
    {Option::dhcp_split_relay, Option::dhcp_split_relay, "dhcp-split-relay", no_letter, ArgumentKind::required, Repeat::any, Area::dhcp4, Support::works, "2.92", "<local-addr>,<server>,<iface>", "As dhcp-relay, with client and server sides kept apart."},
    {Option::cname, Option::cname, "cname", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<alias>,<target>[,<ttl>]", "Serve another name for a local one."},
    {Option::pxe_prompt, Option::pxe_prompt, "pxe-prompt", no_letter, ArgumentKind::required, Repeat::any, Area::pxe, Support::works, "", "<prompt>,[<timeout>]", "Text and time-out of the PXE boot menu."},
    {Option::pxe_service, Option::pxe_service, "pxe-service", no_letter, ArgumentKind::required, Repeat::any, Area::pxe, Support::works, "", "<service>", "An entry of the PXE boot menu."},
    {Option::test, Option::test, "test", no_letter, ArgumentKind::none, Repeat::any, Area::daemon, Support::works, "", "", "Read everything, report the first mistake, start nothing."},
    {Option::add_mac, Option::add_mac, "add-mac", no_letter, ArgumentKind::optional, Repeat::any, Area::dns, Support::judged, "", "[=base64|text]", "Tell upstream servers the hardware address of who asks."},
    {Option::strip_mac, Option::strip_mac, "strip-mac", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::judged, "2.86", "", "Take hardware addresses out of queries."},
    {Option::add_subnet, Option::add_subnet, "add-subnet", no_letter, ArgumentKind::optional, Repeat::once, Area::dns, Support::judged, "", "<v4 pref>[,<v6 pref>]", "Tell upstream servers the network of who asks."},
    {Option::strip_subnet, Option::strip_subnet, "strip-subnet", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::judged, "2.86", "", "Take client networks out of queries."},
    {Option::add_cpe_id, Option::add_cpe_id, "add-cpe-id", no_letter, ArgumentKind::required, Repeat::once, Area::dns, Support::judged, "", "<text>", "Tell upstream servers this identifier."},
    {Option::proxy_dnssec, Option::proxy_dnssec, "proxy-dnssec", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::judged, "", "", "Pass on what the upstream server says about DNSSEC validity."},
    {Option::dhcp_sequential_ip, Option::dhcp_sequential_ip, "dhcp-sequential-ip", no_letter, ArgumentKind::none, Repeat::any, Area::dhcp4, Support::works, "", "", "Lease addresses in ascending order, not by a hash of the client."},
    {Option::dhcp_ignore_clid, Option::dhcp_ignore_clid, "dhcp-ignore-clid", no_letter, ArgumentKind::none, Repeat::any, Area::dhcp4, Support::works, "2.81", "", "Know DHCP clients by hardware address, never by client-id."},
    {Option::conntrack, Option::conntrack, "conntrack", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::judged, "", "", "Carry connection marks from a query over to its upstream query."},
    {Option::dhcp_client_update, Option::dhcp_client_update, "dhcp-client-update", no_letter, ArgumentKind::none, Repeat::any, Area::dhcp, Support::works, "", "", "Leave DNS updates to the DHCP clients."},
    {Option::enable_ra, Option::enable_ra, "enable-ra", no_letter, ArgumentKind::none, Repeat::any, Area::ra, Support::judged, "", "", "Advertise this router in every network with DHCPv6."},
    {Option::dhcp_duid, Option::dhcp_duid, "dhcp-duid", no_letter, ArgumentKind::required, Repeat::once, Area::dhcp6, Support::judged, "", "<enterprise>,<duid>", "DHCPv6 server identifier of the enterprise kind."},
    {Option::host_record, Option::host_record, "host-record", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<name>,<address>[,<ttl>]", "Serve address and reverse records for these names."},
    {Option::dynamic_host, Option::dynamic_host, "dynamic-host", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "2.85", "<name>,[<IPv4>][,<IPv6>],<interface-name>", "Serve a name whose network part follows an interface."},
    {Option::caa_record, Option::caa_record, "caa-record", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<name>,<flags>,<tag>,<value>", "Serve a CAA record."},
    {Option::dns_rr, Option::dns_rr, "dns-rr", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<name>,<RR-number>,[<data>]", "Serve a record of any type."},
    {Option::bind_dynamic, Option::bind_dynamic, "bind-dynamic", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "As bind-interfaces, and follow interfaces that come and go."},
    {Option::auth_server, Option::auth_server, "auth-server", no_letter, ArgumentKind::required, Repeat::once, Area::auth, Support::judged, "", "<NS>,<interface>", "Answer the world as authoritative server of this name."},
    {Option::auth_zone, Option::auth_zone, "auth-zone", no_letter, ArgumentKind::required, Repeat::any, Area::auth, Support::judged, "", "<domain>,[<subnet>...]", "A zone to be authoritative for."},
    {Option::auth_ttl, Option::auth_ttl, "auth-ttl", no_letter, ArgumentKind::required, Repeat::once, Area::auth, Support::judged, "", "<integer>", "Seconds of life of authoritative answers (defaults to 600)."},
    {Option::auth_soa, Option::auth_soa, "auth-soa", no_letter, ArgumentKind::required, Repeat::once, Area::auth, Support::judged, "", "<serial>[,...]", "Fields of the authoritative zones' SOA record."},
    {Option::auth_sec_servers, Option::auth_sec_servers, "auth-sec-servers", no_letter, ArgumentKind::required, Repeat::any, Area::auth, Support::judged, "", "<NS>[,<NS>...]", "Further name servers of the authoritative zones."},
    {Option::auth_peer, Option::auth_peer, "auth-peer", no_letter, ArgumentKind::required, Repeat::any, Area::auth, Support::judged, "", "<ipaddr>[,<ipaddr>...]", "Hosts that may transfer authoritative zones."},
    {Option::ipset, Option::ipset, "ipset", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::judged, "", "/<domain>[/<domain>...]/<ipset>...", "Put addresses of these domains into IP sets."},
    {Option::nftset, Option::nftset, "nftset", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::judged, "", "/<domain>[/<domain>...]/<nftset>...", "Put addresses of these domains into nftables sets."},
    {Option::connmark_allowlist_enable, Option::connmark_allowlist_enable, "connmark-allowlist-enable", no_letter, ArgumentKind::optional, Repeat::once, Area::dns, Support::judged, "2.86", "[=<mask>]", "Let the connection mark decide which names may be asked."},
    {Option::connmark_allowlist, Option::connmark_allowlist, "connmark-allowlist", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::judged, "2.86", "<connmark>[/<mask>][,<pattern>[/<pattern>...]]", "Names that queries with this connection mark may ask."},
    {Option::synth_domain, Option::synth_domain, "synth-domain", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<domain>,<range>,[<prefix>]", "Make up names for all addresses of a range."},
    {Option::dnssec, Option::dnssec, "dnssec", no_letter, ArgumentKind::none, Repeat::any, Area::dnssec, Support::judged, "", "", "Verify upstream answers by their signatures."},
    {Option::trust_anchor, Option::trust_anchor, "trust-anchor", no_letter, ArgumentKind::required, Repeat::any, Area::dnssec, Support::judged, "", "<domain>,[<class>,]...", "Key digest where the chain of signatures begins."},
    {Option::dnssec_debug, Option::dnssec_debug, "dnssec-debug", no_letter, ArgumentKind::none, Repeat::any, Area::dnssec, Support::judged, "", "", "Ease debugging of signature verification."},
    {Option::dnssec_check_unsigned, Option::dnssec_check_unsigned, "dnssec-check-unsigned", no_letter, ArgumentKind::optional, Repeat::any, Area::dnssec, Support::judged, "", "", "Demand proof that unsigned answers may be unsigned."},
    {Option::dnssec_no_timecheck, Option::dnssec_no_timecheck, "dnssec-no-timecheck", no_letter, ArgumentKind::none, Repeat::any, Area::dnssec, Support::judged, "", "", "Ignore the dates of signatures until SIGINT."},
    {Option::dnssec_timestamp, Option::dnssec_timestamp, "dnssec-timestamp", no_letter, ArgumentKind::required, Repeat::once, Area::dnssec, Support::judged, "", "<path>", "File whose date tells whether the clock can be right."},
    {Option::dnssec_limits, Option::dnssec_limits, "dnssec-limits", no_letter, ArgumentKind::required, Repeat::once, Area::dnssec, Support::judged, "2.90", "<limit>,..", "Bounds on the work that verifying one answer may cost."},
    {Option::ra_param, Option::ra_param, "ra-param", no_letter, ArgumentKind::required, Repeat::any, Area::ra, Support::judged, "", "<iface>,[mtu:<value>|<interface>|off,][<prio>,]<intval>[,<lifetime>]", "Timing, priority and MTU of router advertisements."},
    {Option::quiet_dhcp, Option::quiet_dhcp, "quiet-dhcp", no_letter, ArgumentKind::none, Repeat::any, Area::logging, Support::works, "", "", "Leave routine DHCPv4 lines out of the log."},
    {Option::quiet_dhcp6, Option::quiet_dhcp6, "quiet-dhcp6", no_letter, ArgumentKind::none, Repeat::any, Area::logging, Support::judged, "", "", "Leave routine DHCPv6 lines out of the log."},
    {Option::quiet_ra, Option::quiet_ra, "quiet-ra", no_letter, ArgumentKind::none, Repeat::any, Area::logging, Support::judged, "", "", "Leave router advertisements out of the log."},
    {Option::log_debug, Option::log_debug, "log-debug", no_letter, ArgumentKind::none, Repeat::any, Area::logging, Support::works, "2.86", "", "Add debugging lines to the log."},
    {Option::local_service, Option::local_service, "local-service", no_letter, ArgumentKind::optional, Repeat::once, Area::dns, Support::works, "", "", "Answer only hosts in networks that this host is part of."},
    {Option::dns_loop_detect, Option::dns_loop_detect, "dns-loop-detect", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::works, "", "", "Find upstream servers that lead back here and stop using them."},
    {Option::ignore_address, Option::ignore_address, "ignore-address", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "", "<ipaddr>", "Drop upstream answers that contain this address."},
    {Option::dhcp_ttl, Option::dhcp_ttl, "dhcp-ttl", no_letter, ArgumentKind::required, Repeat::once, Area::dns, Support::works, "", "<ttl>", "Seconds that clients may keep the names of leases."},
    {Option::dhcp_reply_delay, Option::dhcp_reply_delay, "dhcp-reply-delay", no_letter, ArgumentKind::required, Repeat::once, Area::dhcp4, Support::works, "", "<integer>", "Wait this many seconds before every DHCP reply."},
    {Option::dhcp_rapid_commit, Option::dhcp_rapid_commit, "dhcp-rapid-commit", no_letter, ArgumentKind::none, Repeat::any, Area::dhcp4, Support::works, "", "", "Lease in two messages instead of four to clients that can."},
    {Option::dumpfile, Option::dumpfile, "dumpfile", no_letter, ArgumentKind::required, Repeat::once, Area::logging, Support::works, "2.80", "<path>", "Capture packets in this file."},
    {Option::dumpmask, Option::dumpmask, "dumpmask", no_letter, ArgumentKind::required, Repeat::once, Area::logging, Support::works, "2.80", "<hex>", "Bits that choose the kinds of captured packets."},
    {Option::script_on_renewal, Option::script_on_renewal, "script-on-renewal", no_letter, ArgumentKind::none, Repeat::any, Area::dhcp, Support::works, "2.81", "", "Run the lease program on renewals too."},
    {Option::umbrella, Option::umbrella, "umbrella", no_letter, ArgumentKind::optional, Repeat::once, Area::dns, Support::judged, "2.86", "[=<optspec>]", "Tell upstream servers who asks, in the form of Cisco Umbrella."},
    {Option::quiet_tftp, Option::quiet_tftp, "quiet-tftp", no_letter, ArgumentKind::none, Repeat::any, Area::logging, Support::works, "2.86", "", "Leave routine TFTP lines out of the log."},
    {Option::no_round_robin, Option::no_round_robin, "no-round-robin", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::works, "2.88", "", "Keep several addresses of a name in the same order."},
    {Option::no_0x20_encode, Option::no_0x20_encode, "no-0x20-encode", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::works, "2.91", "", "Send names upstream in the letter case in which they were asked."},
    {Option::do_0x20_encode, Option::do_0x20_encode, "do-0x20-encode", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::works, "2.91", "", "Send names upstream in random letter case, against forged answers."},
    {Option::no_ident, Option::no_ident, "no-ident", no_letter, ArgumentKind::none, Repeat::any, Area::dns, Support::works, "2.89", "", "Keep version and statistics records to ourselves."},
    {Option::cache_rr, Option::cache_rr, "cache-rr", no_letter, ArgumentKind::required, Repeat::any, Area::dns, Support::works, "2.90", "<RR-type>", "Cache records of these types as well."},
    {Option::max_tcp_connections, Option::max_tcp_connections, "max-tcp-connections", no_letter, ArgumentKind::required, Repeat::once, Area::dns, Support::works, "2.90", "<integer>", "Most TCP connections at one time (defaults to 30)."},
    {Option::log_malloc, Option::log_malloc, "log-malloc", no_letter, ArgumentKind::none, Repeat::any, Area::logging, Support::judged, "2.91", "", "Log every piece of memory taken and given back."},
}};
// clang-format on

constexpr bool rows_stand_at_their_option() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (index_of(table[i].option) != i) return false;
  }
  return true;
}
static_assert(rows_stand_at_their_option());

// Rows by name, for binary search.
constexpr std::array<std::uint8_t, option_count> sorted_by_name() {
  std::array<std::uint8_t, option_count> order{};
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint8_t>(i);
  std::ranges::sort(order, {}, [](std::uint8_t i) { return table[i].name; });
  return order;
}
constexpr auto by_name = sorted_by_name();

}  // namespace

std::span<const OptionRow, option_count> option_table() { return table; }

const OptionRow& row_of(Option option) { return table[index_of(option)]; }

const OptionRow* find_option(std::string_view name) {
  const auto name_at = [](std::uint8_t i) { return table[i].name; };
  const auto* const found = std::ranges::lower_bound(by_name, name, {}, name_at);
  return found != by_name.end() && name_at(*found) == name ? &table[*found] : nullptr;
}

std::optional<std::string_view> refusal(const OptionRow& row) {
  if (row.support == Support::no_lua) return "recompile with HAVE_LUASCRIPT defined to enable Lua scripts";
  return std::nullopt;
}

}  // namespace swapmasq::grammar
