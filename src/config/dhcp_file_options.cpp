// Files of DHCP - leases, more hosts and options, the script - and who may ask about leases (spec config-language.md
// sections 11.5, 13 and 14).
#include <array>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/prefixes.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Dhcp;
using settings::DhcpFolder;
using settings::LeaseScript;

// An empty path leaves the default.
Applied dhcp_leasefile(Draft& draft, Argument argument) {
  if (!argument || argument->empty()) return {};
  return text<&Dhcp::lease_file>(draft, argument);
}

Applied leasequery(Draft& draft, Argument argument) {
  draft.settings.dhcp.leasequery = true;
  if (!argument) return {};
  return append<&Dhcp::leasequery_sources, grammar::parse_address_prefix>(draft, argument);
}

template <DhcpFolder::Content Content>
Applied folder(Draft& draft, Argument argument) {
  draft.settings.dhcp.folders.push_back({Content, grammar::unquote(argument.value_or(""))});
  return {};
}

constexpr std::array handlers{
    Handler{Option::dhcp_leasefile, dhcp_leasefile},
    Handler{Option::leasefile_ro, flag<&Dhcp::lease_file_read_only>},
    Handler{Option::dhcp_lease_max, number<&Dhcp::lease_max>},
    Handler{Option::leasequery, leasequery},
    Handler{Option::dhcp_hostsfile, append_text<&Dhcp::hosts_files>},
    Handler{Option::dhcp_hostsdir, folder<DhcpFolder::Content::hosts>},
    Handler{Option::dhcp_optsfile, append_text<&Dhcp::options_files>},
    Handler{Option::dhcp_optsdir, folder<DhcpFolder::Content::options>},
    Handler{Option::read_ethers, flag<&Dhcp::read_ethers>},
    Handler{Option::dhcp_script, text<&LeaseScript::path>},
    Handler{Option::dhcp_luascript, text<&LeaseScript::lua_file>},
    Handler{Option::dhcp_scriptuser, text<&LeaseScript::user>},
    Handler{Option::script_on_renewal, flag<&LeaseScript::on_renewal>},
    Handler{Option::script_arp, flag<&LeaseScript::arp>},
};

}  // namespace

std::span<const Handler> dhcp_file_options() { return handlers; }

}  // namespace swapmasq::config
