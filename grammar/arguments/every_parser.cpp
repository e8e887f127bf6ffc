#include "grammar/arguments/every_parser.hpp"

#include <array>

#include "grammar/arguments/dhcp_boot.hpp"
#include "grammar/arguments/dhcp_host.hpp"
#include "grammar/arguments/dhcp_matching.hpp"
#include "grammar/arguments/dhcp_option.hpp"
#include "grammar/arguments/dhcp_range.hpp"
#include "grammar/arguments/domain.hpp"
#include "grammar/arguments/host_record.hpp"
#include "grammar/arguments/interfaces.hpp"
#include "grammar/arguments/logging.hpp"
#include "grammar/arguments/pxe.hpp"
#include "grammar/arguments/server.hpp"
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
    {"dhcp-range", judge<parse_dhcp_range>},
    {"dhcp-host", judge<parse_dhcp_host>},
    {"dhcp-option", judge<parse_dhcp_option>},
    {"dhcp-option-force", judge<parse_dhcp_option_force>},
    {"dhcp-option-pxe", judge<parse_dhcp_option_pxe>},
    {"dhcp-match", judge<parse_dhcp_match>},
    {"dhcp-boot", judge<parse_dhcp_boot>},
    {"pxe-service", judge<parse_pxe_service>},
    {"pxe-prompt", judge<parse_pxe_prompt>},
    {"dhcp-pxe-vendor", judge<parse_dhcp_pxe_vendor>},
    {"dhcp-ignore", judge<parse_tag_list>},
    {"dhcp-ignore-names", judge<parse_tag_list>},
    {"dhcp-broadcast", judge<parse_tag_list>},
    {"bootp-dynamic", judge<parse_tag_list>},
    {"dhcp-generate-names", judge<parse_tag_list>},
    {"tag-if", judge<parse_tag_if>},
    {"dhcp-reply-delay", judge<parse_dhcp_reply_delay>},
    {"dhcp-mac", judge<parse_dhcp_mac>},
    {"dhcp-vendorclass", judge<parse_dhcp_vendorclass>},
    {"dhcp-userclass", judge<parse_dhcp_userclass>},
    {"dhcp-circuitid", judge<parse_relay_agent_match>},
    {"dhcp-remoteid", judge<parse_relay_agent_match>},
    {"dhcp-subscrid", judge<parse_relay_agent_match>},
    {"dhcp-name-match", judge<parse_dhcp_name_match>},
    {"log-facility", judge<parse_log_facility>},
    {"dumpmask", judge<parse_dumpmask>},
    {"domain", judge<parse_domain>},
    {"synth-domain", judge<parse_synth_domain>},
    {"host-record", judge<parse_host_record>},
    {"dynamic-host", judge<parse_dynamic_host>},
    {"interface-name", judge<parse_interface_name>},
    {"interface", judge<parse_interfaces>},
    {"listen-address", judge<parse_addresses>},
    {"auth-peer", judge<parse_addresses>},
    {"address", judge<parse_address>},
    {"server", judge_with_lookup<parse_server>},
    {"local", judge_with_lookup<parse_server>},
    {"rev-server", judge_with_lookup<parse_rev_server>},
});

}  // namespace

std::span<const NamedParser> every_parser() { return parsers; }

}  // namespace swapmasq::grammar
