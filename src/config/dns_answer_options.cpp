// Options that change or refuse the answers of upstream servers (spec config-language.md sections 9.5 and 9.8).
#include <array>
#include <cstdint>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/alias.hpp"
#include "grammar/arguments/forwarding.hpp"
#include "grammar/arguments/prefixes.hpp"
#include "grammar/arguments/rr_types.hpp"
#include "wire/dns_types.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Dns;

template <std::uint16_t Type>
Applied filter(Draft& draft, Argument /*argument*/) {
  draft.settings.dns.filter_rrs.push_back(Type);
  return {};
}

constexpr std::array handlers{
    Handler{Option::alias, append<&Dns::aliases, grammar::parse_alias>},
    Handler{Option::bogus_nxdomain, append<&Dns::bogus_nxdomain, grammar::parse_address_prefix>},
    Handler{Option::ignore_address, append<&Dns::ignore_addresses, grammar::parse_address_prefix>},
    Handler{Option::filter_A, filter<wire::dns_type::a>},
    Handler{Option::filter_AAAA, filter<wire::dns_type::aaaa>},
    Handler{Option::filter_rr, append_all<&Dns::filter_rrs, grammar::parse_rr_types>},
    Handler{Option::stop_dns_rebind, flag<&Dns::stop_rebind>},
    Handler{Option::rebind_localhost_ok, flag<&Dns::rebind_localhost_ok>},
    Handler{Option::rebind_domain_ok, append_all<&Dns::rebind_domains_ok, grammar::parse_rebind_domain_ok>},
};

}  // namespace

std::span<const Handler> dns_answer_options() { return handlers; }

}  // namespace swapmasq::config
