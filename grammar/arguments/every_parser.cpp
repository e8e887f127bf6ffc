#include "grammar/arguments/every_parser.hpp"

#include <array>

#include "grammar/arguments/alias.hpp"
#include "grammar/arguments/auth.hpp"
#include "grammar/arguments/connmark.hpp"
#include "grammar/arguments/dhcp_boot.hpp"
#include "grammar/arguments/dhcp_host.hpp"
#include "grammar/arguments/dhcp_matching.hpp"
#include "grammar/arguments/dhcp_option.hpp"
#include "grammar/arguments/dhcp_range.hpp"
#include "grammar/arguments/dnssec.hpp"
#include "grammar/arguments/domain.hpp"
#include "grammar/arguments/forwarding.hpp"
#include "grammar/arguments/host_record.hpp"
#include "grammar/arguments/interfaces.hpp"
#include "grammar/arguments/logging.hpp"
#include "grammar/arguments/prefixes.hpp"
#include "grammar/arguments/pxe.hpp"
#include "grammar/arguments/ra.hpp"
#include "grammar/arguments/records.hpp"
#include "grammar/arguments/relay.hpp"
#include "grammar/arguments/rr_types.hpp"
#include "grammar/arguments/server.hpp"
#include "grammar/arguments/sets.hpp"
#include "grammar/arguments/tags.hpp"

namespace swapmasq::grammar {
namespace {

template <typename T>
Result<void> verdict(const Result<T>& result) {
  if (!result) return tl::unexpected(result.error());
  return {};
}

template <auto Parser>
Result<void> judge(std::string_view argument, const Lookup& /*lookup*/) {
  return verdict(Parser(argument));
}

template <auto Parser>
Result<void> judge_with_lookup(std::string_view argument, const Lookup& lookup) {
  return verdict(Parser(argument, lookup));
}

constexpr auto parsers = std::to_array<NamedParser>({
    {"add-mac", judge<parse_add_mac>},
    {"add-subnet", judge<parse_add_subnet>},
    {"address", judge<parse_address>},
    {"alias", judge<parse_alias>},
    {"auth-peer", judge<parse_addresses>},
    {"auth-sec-servers", judge<parse_auth_sec_servers>},
    {"auth-server", judge<parse_auth_server>},
    {"auth-soa", judge<parse_auth_soa>},
    {"auth-zone", judge<parse_auth_zone>},
    {"bogus-nxdomain", judge<parse_address_prefix>},
    {"bootp-dynamic", judge<parse_tag_list>},
    {"bridge-interface", judge<parse_bridge_interface>},
    {"caa-record", judge<parse_caa_record>},
    {"cache-rr", judge<parse_rr_types>},
    {"cname", judge<parse_cname>},
    {"connmark-allowlist", judge<parse_connmark_allowlist>},
    {"connmark-allowlist-enable", judge<parse_connmark_allowlist_enable>},
    {"dhcp-boot", judge<parse_dhcp_boot>},
    {"dhcp-broadcast", judge<parse_tag_list>},
    {"dhcp-circuitid", judge<parse_relay_agent_match>},
    {"dhcp-duid", judge<parse_dhcp_duid>},
    {"dhcp-generate-names", judge<parse_tag_list>},
    {"dhcp-host", judge<parse_dhcp_host>},
    {"dhcp-ignore", judge<parse_tag_list>},
    {"dhcp-ignore-names", judge<parse_tag_list>},
    {"dhcp-mac", judge<parse_dhcp_mac>},
    {"dhcp-match", judge<parse_dhcp_match>},
    {"dhcp-name-match", judge<parse_dhcp_name_match>},
    {"dhcp-option", judge<parse_dhcp_option>},
    {"dhcp-option-force", judge<parse_dhcp_option_force>},
    {"dhcp-option-pxe", judge<parse_dhcp_option_pxe>},
    {"dhcp-proxy", judge<parse_dhcp_proxy>},
    {"dhcp-pxe-vendor", judge<parse_dhcp_pxe_vendor>},
    {"dhcp-range", judge<parse_dhcp_range>},
    {"dhcp-relay", judge<parse_dhcp_relay>},
    {"dhcp-remoteid", judge<parse_relay_agent_match>},
    {"dhcp-reply-delay", judge<parse_dhcp_reply_delay>},
    {"dhcp-split-relay", judge<parse_dhcp_split_relay>},
    {"dhcp-subscrid", judge<parse_relay_agent_match>},
    {"dhcp-userclass", judge<parse_dhcp_userclass>},
    {"dhcp-vendorclass", judge<parse_dhcp_vendorclass>},
    {"dns-rr", judge<parse_dns_rr>},
    {"dnssec-check-unsigned", judge<parse_dnssec_check_unsigned>},
    {"dnssec-limits", judge<parse_dnssec_limits>},
    {"domain", judge<parse_domain>},
    {"dumpmask", judge<parse_dumpmask>},
    {"dynamic-host", judge<parse_dynamic_host>},
    {"enable-tftp", judge<parse_interfaces>},
    {"except-interface", judge<parse_interfaces>},
    {"fast-dns-retry", judge<parse_fast_dns_retry>},
    {"filter-rr", judge<parse_rr_types>},
    {"host-record", judge<parse_host_record>},
    {"ignore-address", judge<parse_address_prefix>},
    {"interface", judge<parse_interfaces>},
    {"interface-name", judge<parse_interface_name>},
    {"ipset", judge<parse_ipset>},
    {"leasequery", judge<parse_address_prefix>},
    {"listen-address", judge<parse_addresses>},
    {"local", judge_with_lookup<parse_server>},
    {"log-facility", judge<parse_log_facility>},
    {"mx-host", judge<parse_mx_host>},
    {"mx-target", judge<parse_mx_target>},
    {"naptr-record", judge<parse_naptr_record>},
    {"nftset", judge<parse_nftset>},
    {"no-dhcp-interface", judge<parse_interfaces>},
    {"ptr-record", judge<parse_ptr_record>},
    {"pxe-prompt", judge<parse_pxe_prompt>},
    {"pxe-service", judge<parse_pxe_service>},
    {"ra-param", judge<parse_ra_param>},
    {"rebind-domain-ok", judge<parse_rebind_domain_ok>},
    {"rev-server", judge_with_lookup<parse_rev_server>},
    {"server", judge_with_lookup<parse_server>},
    {"shared-network", judge_with_lookup<parse_shared_network>},
    {"srv-host", judge<parse_srv_host>},
    {"synth-domain", judge<parse_synth_domain>},
    {"tag-if", judge<parse_tag_if>},
    {"trust-anchor", judge<parse_trust_anchor>},
    {"txt-record", judge<parse_txt_record>},
    {"umbrella", judge<parse_umbrella>},
});

}  // namespace

std::span<const NamedParser> every_parser() { return parsers; }

}  // namespace swapmasq::grammar
