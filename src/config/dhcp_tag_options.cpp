// DHCP options that set tags, or that act by tags, and those about relays and bridges (spec config-language.md 11.4).
#include <array>
#include <utility>
#include <variant>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/dhcp_matching.hpp"
#include "grammar/arguments/dhcp_option.hpp"
#include "grammar/arguments/relay.hpp"
#include "grammar/arguments/tags.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Dhcp;
using settings::DhcpMatching;
using SubOption = settings::RelayAgentMatch::SubOption;

Applied dhcp_match(Draft& draft, Argument argument) {
  auto match = grammar::parse_dhcp_match(argument.value_or(""));
  if (!match) return tl::unexpected(match.error());
  if (match->dhcp6) draft.without_effect("dhcp-match with option6:");
  draft.settings.dhcp_matching.matches.push_back(*std::move(match));
  return {};
}

template <SubOption Which>
Applied relay_agent(Draft& draft, Argument argument) {
  auto match = grammar::parse_relay_agent_match(argument.value_or(""));
  if (!match) return tl::unexpected(match.error());
  match->sub_option = Which;
  draft.settings.dhcp_matching.relay_agents.push_back(*std::move(match));
  return {};
}

// Without addresses every relay is a full proxy.
Applied dhcp_proxy(Draft& draft, Argument argument) {
  if (argument) return append_all<&Dhcp::proxy_relays, grammar::parse_dhcp_proxy>(draft, argument);
  draft.settings.dhcp.proxy_all_relays = true;
  return {};
}

Applied shared_network(Draft& draft, Argument argument) {
  auto network = grammar::parse_shared_network(argument.value_or(""), draft.lookup);
  if (!network) return tl::unexpected(network.error());
  if (auto* const network4 = std::get_if<settings::SharedNetwork>(&*network)) {
    draft.settings.dhcp.shared_networks.push_back(std::move(*network4));
  } else {
    draft.settings.dhcp6.shared_networks.push_back(std::get<settings::SharedNetwork6>(*std::move(network)));
    draft.without_effect("shared-network with IPv6 addresses");
  }
  return {};
}

template <auto Parse>
Applied dhcp_relay(Draft& draft, Argument argument) {
  auto relay = Parse(argument.value_or(""));
  if (!relay) return tl::unexpected(relay.error());
  if (relay->local.is_v4()) {
    draft.settings.dhcp.relays.push_back(*std::move(relay));
  } else {
    draft.settings.dhcp6.relays.push_back(*std::move(relay));
    draft.without_effect("dhcp-relay with IPv6 addresses");
  }
  return {};
}

constexpr std::array handlers{
    Handler{Option::dhcp_match, dhcp_match},
    Handler{Option::dhcp_mac, append<&DhcpMatching::macs, grammar::parse_dhcp_mac>},
    Handler{Option::dhcp_vendorclass, append<&DhcpMatching::classes, grammar::parse_dhcp_vendorclass>},
    Handler{Option::dhcp_userclass, append<&DhcpMatching::classes, grammar::parse_dhcp_userclass>},
    Handler{Option::dhcp_circuitid, relay_agent<SubOption::circuit_id>},
    Handler{Option::dhcp_remoteid, relay_agent<SubOption::remote_id>},
    Handler{Option::dhcp_subscrid, relay_agent<SubOption::subscriber_id>},
    Handler{Option::dhcp_name_match, append<&DhcpMatching::name_matches, grammar::parse_dhcp_name_match>},
    Handler{Option::tag_if, append<&DhcpMatching::tag_ifs, grammar::parse_tag_if>},
    Handler{Option::dhcp_reply_delay, append<&DhcpMatching::reply_delays, grammar::parse_dhcp_reply_delay>},
    Handler{Option::dhcp_ignore, append<&Dhcp::ignore, grammar::parse_tag_list>},
    Handler{Option::dhcp_ignore_names, append<&Dhcp::ignore_names, grammar::parse_tag_list>},
    Handler{Option::dhcp_generate_names, append<&Dhcp::generate_names, grammar::parse_tag_list>},
    Handler{Option::dhcp_broadcast, append<&Dhcp::broadcast, grammar::parse_tag_list>},
    Handler{Option::bootp_dynamic, append<&Dhcp::bootp_dynamic, grammar::parse_tag_list>},
    Handler{Option::dhcp_proxy, dhcp_proxy},
    Handler{Option::dhcp_relay, dhcp_relay<grammar::parse_dhcp_relay>},
    Handler{Option::dhcp_split_relay, dhcp_relay<grammar::parse_dhcp_split_relay>},
    Handler{Option::shared_network, shared_network},
    Handler{Option::bridge_interface, append<&Dhcp::bridge_interfaces, grammar::parse_bridge_interface>},
    Handler{Option::dhcp_ignore_clid, flag<&Dhcp::ignore_client_id>},
    Handler{Option::dhcp_rapid_commit, flag<&Dhcp::rapid_commit>},
    Handler{Option::dhcp_client_update, flag<&Dhcp::client_update>},
};

}  // namespace

std::span<const Handler> dhcp_tag_options() { return handlers; }

}  // namespace swapmasq::config
