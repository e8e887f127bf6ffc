// DHCP and PXE options (spec config-language.md sections 11 and 12).
#include <array>
#include <utility>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/dhcp_boot.hpp"
#include "grammar/arguments/dhcp_host.hpp"
#include "grammar/arguments/dhcp_option.hpp"
#include "grammar/arguments/dhcp_range.hpp"
#include "grammar/arguments/pxe.hpp"
#include "grammar/arguments/split.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Dhcp;

Applied dhcp_range(Draft& draft, Argument argument) {
  auto range = grammar::parse_dhcp_range(argument.value_or(""));
  if (!range) return tl::unexpected(range.error());
  if (auto* const range4 = std::get_if<settings::DhcpRange>(&*range)) {
    draft.settings.dhcp.ranges.push_back(std::move(*range4));
  } else {
    draft.settings.dhcp6.ranges.push_back(std::get<settings::DhcpRange6>(*std::move(range)));
    draft.without_effect("dhcp-range with IPv6 addresses");
  }
  return {};
}

Applied dhcp_host(Draft& draft, Argument argument) {
  auto host = grammar::parse_dhcp_host(argument.value_or(""));
  if (!host) return tl::unexpected(host.error());
  if (host->address && !draft.dhcp_host_addresses.insert(*host->address).second) {
    return grammar::refused(duplicate_host_address(*host->address));
  }
  draft.settings.dhcp.hosts.push_back(*std::move(host));
  return {};
}

template <auto Parse>
Applied dhcp_option(Draft& draft, Argument argument) {
  auto option = Parse(argument.value_or(""));
  if (!option) return tl::unexpected(option.error());
  if (option->dhcp6) draft.without_effect("dhcp-option with option6:");
  draft.settings.dhcp.options.push_back(*std::move(option));
  return {};
}

Applied pxe_service(Draft& draft, Argument argument) {
  auto service = grammar::parse_pxe_service(argument.value_or(""));
  if (!service) return tl::unexpected(service.error());
  if (!service->basename.empty()) service->type = draft.next_pxe_type++;
  draft.settings.dhcp.pxe_services.push_back(*std::move(service));
  return {};
}

Applied dhcp_pxe_vendor(Draft& draft, Argument argument) {
  if (!std::exchange(draft.own_pxe_vendors, true)) draft.settings.dhcp.pxe_vendors.clear();
  return append_all<&Dhcp::pxe_vendors, grammar::parse_dhcp_pxe_vendor>(draft, argument);
}

Applied dhcp_alternate_port(Draft& draft, Argument argument) {
  constexpr std::uint16_t default_alternate_port = 1067;
  const auto [server_text, client_text] = grammar::cut_at(argument.value_or(""), ',');
  const auto server = argument ? grammar::number16(server_text) : default_alternate_port;
  if (!server) return grammar::refused("invalid port number");
  const auto client = client_text ? grammar::number16(*client_text) : static_cast<std::uint16_t>(*server + 1);
  if (!client) return grammar::refused("invalid port number");
  draft.settings.dhcp.server_port = *server;
  draft.settings.dhcp.client_port = *client;
  return {};
}

constexpr std::array handlers{
    Handler{Option::dhcp_range, dhcp_range},
    Handler{Option::dhcp_host, dhcp_host},
    Handler{Option::dhcp_option, dhcp_option<grammar::parse_dhcp_option>},
    Handler{Option::dhcp_option_force, dhcp_option<grammar::parse_dhcp_option_force>},
    Handler{Option::dhcp_option_pxe, dhcp_option<grammar::parse_dhcp_option_pxe>},
    Handler{Option::dhcp_boot, append<&Dhcp::boots, grammar::parse_dhcp_boot>},
    Handler{Option::pxe_service, pxe_service},
    Handler{Option::pxe_prompt, append<&Dhcp::pxe_prompts, grammar::parse_pxe_prompt>},
    Handler{Option::dhcp_pxe_vendor, dhcp_pxe_vendor},
    Handler{Option::dhcp_authoritative, flag<&Dhcp::authoritative>},
    Handler{Option::dhcp_alternate_port, dhcp_alternate_port},
    Handler{Option::no_ping, flag<&Dhcp::no_ping>},
    Handler{Option::dhcp_no_override, flag<&Dhcp::no_override>},
    Handler{Option::dhcp_sequential_ip, flag<&Dhcp::sequential_ip>},
    Handler{Option::dhcp_fqdn, flag<&Dhcp::fqdn>},
    Handler{Option::log_dhcp, flag<&Dhcp::log_dhcp>},
    Handler{Option::quiet_dhcp, flag<&Dhcp::quiet>},
};

}  // namespace

std::span<const Handler> dhcp_options() { return handlers; }

}  // namespace swapmasq::config
