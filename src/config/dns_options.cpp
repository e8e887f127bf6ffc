// DNS options (spec config-language.md section 9).
#include <algorithm>
#include <array>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/domain.hpp"
#include "grammar/arguments/host_record.hpp"
#include "grammar/arguments/server.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Dns;

constexpr std::int32_t largest_cache = 5'000'000;
constexpr std::int32_t longest_min_cache_ttl = 3600;
constexpr std::uint16_t smallest_edns_packet = 512;

// A negative size, which only wrapping makes, is no cache.
Applied cache_size(Draft& draft, Argument argument) {
  const auto size = argument ? grammar::number(*argument) : std::nullopt;
  if (!size) return grammar::refused("");
  draft.settings.dns.cache_size = static_cast<std::uint32_t>(std::clamp(*size, 0, largest_cache));
  return {};
}

Applied min_cache_ttl(Draft& draft, Argument argument) {
  const auto ttl = grammar::number(argument.value_or(""));
  if (!ttl) return grammar::refused("");
  draft.settings.dns.min_cache_ttl = static_cast<std::uint32_t>(std::min(*ttl, longest_min_cache_ttl));
  return {};
}

Applied edns_packet_max(Draft& draft, Argument argument) {
  const auto size = grammar::number(argument.value_or(""));
  if (!size) return grammar::refused("");
  draft.settings.dns.edns_packet_max = std::max(static_cast<std::uint16_t>(*size), smallest_edns_packet);
  return {};
}

Applied max_tcp_connections(Draft& draft, Argument argument) {
  const auto connections = grammar::number(argument.value_or(""));
  if (!connections || *connections < 1) return grammar::refused("");
  draft.settings.dns.max_tcp_connections = static_cast<std::uint32_t>(*connections);
  return {};
}

// The first line replaces the default, even one without a path.
Applied resolv_file(Draft& draft, Argument argument) {
  auto& dns = draft.settings.dns;
  if (!std::exchange(draft.own_resolv_files, true)) dns.resolv_files.clear();
  if (!argument || argument->empty()) return {};
  dns.resolv_file_given = true;
  dns.resolv_files.push_back(grammar::unquote(*argument));
  return {};
}

Applied add_rules(Draft& draft, const Result<std::vector<settings::DomainRule>>& rules) {
  if (!rules) return tl::unexpected(rules.error());
  auto& all = draft.settings.dns.rules;
  all.insert(all.end(), rules->begin(), rules->end());
  return {};
}

Applied server(Draft& draft, Argument argument) {
  return add_rules(draft, grammar::parse_server(argument.value_or(""), draft.lookup));
}

Applied rev_server(Draft& draft, Argument argument) {
  return add_rules(draft, grammar::parse_rev_server(argument.value_or(""), draft.lookup));
}

Applied address(Draft& draft, Argument argument) {
  return add_rules(draft, grammar::parse_address(argument.value_or("")));
}

Applied domain(Draft& draft, Argument argument) {
  auto line = grammar::parse_domain(argument.value_or(""));
  if (!line) return tl::unexpected(line.error());
  auto& dns = draft.settings.dns;
  if (line->conditional) {
    dns.conditional_domains.push_back(*std::move(line->conditional));
    dns.rules.insert(dns.rules.end(), line->local_rules.begin(), line->local_rules.end());
  } else if (line->from_resolv_conf) {
    draft.domain_from_resolv = true;
  } else {
    dns.domain = std::move(line->name);
  }
  return {};
}

// Every line adds its word; a quoted word is no longer recognised.
Applied log_queries(Draft& draft, Argument argument) {
  auto& log = draft.settings.dns.log_queries;
  const auto word = argument.value_or("");
  log.enabled = true;
  log.extra = log.extra || word == "extra" || word == "proto";
  log.proto = log.proto || word == "proto";
  log.auth = log.auth || word == "auth";
  log.only_failed = log.only_failed || word == "only_failed";
  return {};
}

constexpr std::array handlers{
    Handler{Option::port, port<&Dns::port>},
    Handler{Option::cache_size, cache_size},
    Handler{Option::server, server},
    Handler{Option::local, server},
    Handler{Option::rev_server, rev_server},
    Handler{Option::address, address},
    Handler{Option::resolv_file, resolv_file},
    Handler{Option::no_resolv, flag<&Dns::no_resolv>},
    Handler{Option::no_poll, flag<&Dns::no_poll>},
    Handler{Option::no_hosts, flag<&Dns::no_hosts>},
    Handler{Option::addn_hosts, append_text<&Dns::hosts_files>},
    Handler{Option::hostsdir, append_text<&Dns::hosts_dirs>},
    Handler{Option::servers_file, text<&Dns::servers_file>},
    Handler{Option::expand_hosts, flag<&Dns::expand_hosts>},
    Handler{Option::domain, domain},
    Handler{Option::host_record, append<&Dns::host_records, grammar::parse_host_record>},
    Handler{Option::domain_needed, flag<&Dns::domain_needed>},
    Handler{Option::bogus_priv, flag<&Dns::bogus_priv>},
    Handler{Option::filterwin2k, flag<&Dns::filterwin2k>},
    Handler{Option::strict_order, flag<&Dns::strict_order>},
    Handler{Option::all_servers, flag<&Dns::all_servers>},
    Handler{Option::no_negcache, flag<&Dns::no_negcache>},
    Handler{Option::no_round_robin, flag<&Dns::no_round_robin>},
    Handler{Option::localise_queries, flag<&Dns::localise_queries>},
    Handler{Option::clear_on_reload, flag<&Dns::clear_on_reload>},
    Handler{Option::no_ident, flag<&Dns::no_ident>},
    Handler{Option::local_ttl, number<&Dns::local_ttl>},
    Handler{Option::dhcp_ttl, number<&Dns::dhcp_ttl>},
    Handler{Option::neg_ttl, number<&Dns::neg_ttl>},
    Handler{Option::max_ttl, number<&Dns::max_ttl>},
    Handler{Option::max_cache_ttl, number<&Dns::max_cache_ttl>},
    Handler{Option::min_cache_ttl, min_cache_ttl},
    Handler{Option::dns_forward_max, number<&Dns::forward_max>},
    Handler{Option::edns_packet_max, edns_packet_max},
    Handler{Option::query_port, port<&Dns::query_port>},
    Handler{Option::min_port, port<&Dns::min_port>},
    Handler{Option::max_port, port<&Dns::max_port>},
    Handler{Option::max_tcp_connections, max_tcp_connections},
    Handler{Option::log_queries, log_queries},
};

}  // namespace

std::span<const Handler> dns_options() { return handlers; }

}  // namespace swapmasq::config
