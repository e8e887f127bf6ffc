// Options that set and test DHCP tags (spec config-language.md section 11.4).
#include <array>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/dhcp_matching.hpp"
#include "grammar/arguments/dhcp_option.hpp"
#include "grammar/arguments/tags.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Dhcp;
using settings::DhcpMatching;

template <auto Member>
constexpr auto tag_list = append<Member, grammar::parse_tag_list>;

template <auto Member>
constexpr auto relay_agent_match = append<Member, grammar::parse_relay_agent_match>;

constexpr std::array handlers{
    Handler{Option::dhcp_match, append<&DhcpMatching::matches, grammar::parse_dhcp_match>},
    Handler{Option::dhcp_mac, append<&DhcpMatching::macs, grammar::parse_dhcp_mac>},
    Handler{Option::dhcp_vendorclass, append<&DhcpMatching::vendor_classes, grammar::parse_dhcp_vendorclass>},
    Handler{Option::dhcp_userclass, append<&DhcpMatching::user_classes, grammar::parse_dhcp_userclass>},
    Handler{Option::dhcp_circuitid, relay_agent_match<&DhcpMatching::circuit_ids>},
    Handler{Option::dhcp_remoteid, relay_agent_match<&DhcpMatching::remote_ids>},
    Handler{Option::dhcp_subscrid, relay_agent_match<&DhcpMatching::subscriber_ids>},
    Handler{Option::dhcp_name_match, append<&DhcpMatching::name_matches, grammar::parse_dhcp_name_match>},
    Handler{Option::tag_if, append<&DhcpMatching::tag_ifs, grammar::parse_tag_if>},
    Handler{Option::dhcp_reply_delay, append<&DhcpMatching::reply_delays, grammar::parse_dhcp_reply_delay>},
    Handler{Option::dhcp_ignore, tag_list<&Dhcp::ignore>},
    Handler{Option::dhcp_ignore_names, tag_list<&Dhcp::ignore_names>},
    Handler{Option::dhcp_generate_names, tag_list<&Dhcp::generate_names>},
    Handler{Option::dhcp_broadcast, tag_list<&Dhcp::broadcast>},
    Handler{Option::bootp_dynamic, tag_list<&Dhcp::bootp_dynamic>},
};

}  // namespace

std::span<const Handler> dhcp_matching_options() { return handlers; }

}  // namespace swapmasq::config
