// Options about what is sent to upstream servers, and about what else is done with a query and its answer: sets and
// connection marks (spec config-language.md sections 9.7 to 9.9).
#include <algorithm>
#include <array>
#include <cstdint>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/connmark.hpp"
#include "grammar/arguments/forwarding.hpp"
#include "grammar/arguments/rr_types.hpp"
#include "grammar/arguments/sets.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Dns;

constexpr std::int32_t default_stale_cache_ttl = 86400;
constexpr std::uint32_t every_mark_bit = 0xffffffff;

// Without an argument, the defaults of the type.
template <auto Member, auto Parse>
Applied optional_value(Draft& draft, Argument argument) {
  if (argument) return store<Member, Parse>(draft, argument);
  field<Member>(draft).emplace();
  return {};
}

// Negative numbers, which only wrapping makes, are refused.
Applied use_stale_cache(Draft& draft, Argument argument) {
  const auto seconds = argument ? grammar::number(*argument) : default_stale_cache_ttl;
  if (!seconds || *seconds < 0) return grammar::refused("");
  draft.settings.dns.stale_cache_ttl = static_cast<std::uint32_t>(*seconds);
  return {};
}

Applied port_limit(Draft& draft, Argument argument) {
  const auto ports = grammar::number(argument.value_or(""));
  if (!ports || *ports < 1) return grammar::refused("");
  draft.settings.dns.port_limit = static_cast<std::uint32_t>(*ports);
  return {};
}

Applied connmark_allowlist_enable(Draft& draft, Argument argument) {
  if (argument) {
    return store<&Dns::connmark_allowlist_mask, grammar::parse_connmark_allowlist_enable>(draft, argument);
  }
  draft.settings.dns.connmark_allowlist_mask = every_mark_bit;
  return {};
}

// Each mark, under its mask, once.
Applied connmark_allowlist(Draft& draft, Argument argument) {
  auto allowlist = grammar::parse_connmark_allowlist(argument.value_or(""));
  if (!allowlist) return tl::unexpected(allowlist.error());
  if (!*allowlist) return {};
  if (!draft.connmarks.emplace((*allowlist)->mark, (*allowlist)->mask).second) return grammar::refused("");
  draft.settings.dns.connmark_allowlists.push_back(**std::move(allowlist));
  return {};
}

constexpr std::array handlers{
    Handler{Option::add_mac, optional_value<&Dns::add_mac, grammar::parse_add_mac>},
    Handler{Option::strip_mac, flag<&Dns::strip_mac>},
    Handler{Option::add_subnet, optional_value<&Dns::add_subnet, grammar::parse_add_subnet>},
    Handler{Option::strip_subnet, flag<&Dns::strip_subnet>},
    Handler{Option::add_cpe_id, text<&Dns::add_cpe_id>},
    Handler{Option::umbrella, optional_value<&Dns::umbrella, grammar::parse_umbrella>},
    Handler{Option::proxy_dnssec, flag<&Dns::proxy_dnssec>},
    Handler{Option::do_0x20_encode, flag<&Dns::do_0x20_encode>},
    Handler{Option::no_0x20_encode, flag<&Dns::no_0x20_encode>},
    Handler{Option::dns_loop_detect, flag<&Dns::loop_detect>},
    Handler{Option::fast_dns_retry, optional_value<&Dns::fast_retry, grammar::parse_fast_dns_retry>},
    Handler{Option::use_stale_cache, use_stale_cache},
    Handler{Option::cache_rr, append_all<&Dns::cache_rrs, grammar::parse_rr_types>},
    Handler{Option::port_limit, port_limit},
    Handler{Option::conntrack, flag<&Dns::conntrack>},
    Handler{Option::connmark_allowlist_enable, connmark_allowlist_enable},
    Handler{Option::connmark_allowlist, connmark_allowlist},
    Handler{Option::ipset, append<&Dns::ipsets, grammar::parse_ipset>},
    Handler{Option::nftset, append<&Dns::nftsets, grammar::parse_nftset>},
};

}  // namespace

std::span<const Handler> dns_query_options() { return handlers; }

}  // namespace swapmasq::config
