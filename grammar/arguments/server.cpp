#include "grammar/arguments/server.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/reverse_zones.hpp"
#include "grammar/arguments/rules.hpp"
#include "grammar/arguments/split.hpp"

namespace swapmasq::grammar {
namespace {

using settings::DomainPattern;
using settings::DomainRule;
using Patterns = std::vector<DomainPattern>;

// The target of server=, as written.
struct Target {
  std::string host;
  std::uint16_t port = 53;
  std::optional<std::string> scope;
  std::optional<std::string> source;         // an address or an interface
  std::optional<std::string> second_source;  // then the address
  std::optional<std::uint16_t> source_port;
};

}  // namespace

namespace rules {
namespace {

struct end_of_domain : at<sor<slash, seq<spaces, eof>>> {};
struct every_name : seq<sor<one<'#'>, one<'*'>, plus<one<'.'>>>, end_of_domain> {};
struct unqualified : end_of_domain {};
struct suffix : text_before<'/'> {};
struct subdomains : text_before<'/'> {};
struct wildcard : seq<one<'*'>, suffix> {};
struct domain_and_below : seq<not_at<one<'*'>>, star<one<'.'>>, subdomains> {};
struct domain : sor<every_name, unqualified, wildcard, domain_and_below> {};
// Spaces before a domain are part of its name; the last one may have none, unless it is the only one.
struct blank : seq<plus<one<' '>>, one<'/'>> {};
struct further_domain : seq<at<slash, text_before<'/'>, slash>, spaces, one<'/'>, not_at<blank>, domain> {};
struct last_domain : seq<spaces, one<'/'>, not_at<one<' '>>, domain> {};
struct domains : seq<domain, star<further_domain>, opt<last_domain>, spaces, eof> {};

struct percent : separator<'%'> {};
struct hash : separator<'#'> {};
struct at_sign : separator<'@'> {};
struct host : text_before<'%', '#', '@'> {};
struct scope : text_before<'#', '@'> {};
struct port : text_before<'@'> {};
struct source : text_before<'@', '#'> {};
struct second_source : text_before<'#'> {};
struct source_port : rest {};
struct target : seq<host, opt<percent, scope>, opt<hash, port>,
                    opt<at_sign, source, opt<at_sign, second_source>, opt<hash, source_port>>, eof> {};

}  // namespace
}  // namespace rules

template <>
inline constexpr const char* expected<rules::port> = "a port number, 0 to 65535";
template <>
inline constexpr const char* expected<rules::source_port> = "a port number, 0 to 65535";
template <>
inline constexpr const char* message<rules::port> = "bad port";
template <>
inline constexpr const char* message<rules::source_port> = "bad port";

namespace {

template <DomainPattern::Kind Kind>
struct add_pattern {
  static constexpr const char* expected = "a domain name";

  template <typename Input>
  static bool apply(const Input& in, Patterns& patterns) {
    const auto name = canonical_name(in.string_view());
    if (name) patterns.push_back({Kind, *name});
    return name.has_value();
  }
};
template <DomainPattern::Kind Kind>
struct add_nameless_pattern {
  static void apply0(Patterns& patterns) { patterns.push_back({Kind, {}}); }
};

template <typename Rule>
struct domain_action {};
template <>
struct domain_action<rules::every_name> : add_nameless_pattern<DomainPattern::Kind::any> {};
template <>
struct domain_action<rules::unqualified> : add_nameless_pattern<DomainPattern::Kind::unqualified> {};
template <>
struct domain_action<rules::suffix> : add_pattern<DomainPattern::Kind::suffix> {};
template <>
struct domain_action<rules::subdomains> : add_pattern<DomainPattern::Kind::subdomains> {};

template <typename Rule>
struct target_action {};
template <>
struct target_action<rules::host> : store_text<&Target::host> {};
template <>
struct target_action<rules::scope> : store_text<&Target::scope> {};
template <>
struct target_action<rules::port> : store_number<&Target::port> {};
template <>
struct target_action<rules::source> : store_text<&Target::source> {};
template <>
struct target_action<rules::second_source> : store_text<&Target::second_source> {};
template <>
struct target_action<rules::source_port> : store_number<&Target::source_port> {};

// The source part of a rule: an address, an interface, or an interface and its address.
Result<DomainRule> with_source(const Target& target) {
  constexpr std::size_t longest_interface = 15;  // octets; the kernel knows no longer names
  DomainRule rule;
  rule.source_port = target.source_port;
  if (!target.source) return rule;
  rule.source_address = IpAddress::parse(*target.source);
  if (!rule.source_address) rule.source_interface = target.source->substr(0, longest_interface);
  if (!target.second_source) return rule;
  rule.source_address = IpAddress::parse(*target.second_source);
  if (!rule.source_address) return refused("interface can only be specified once");
  return rule;
}

// A target and the addresses of its host.
struct Resolved {
  Target target;
  std::vector<IpAddress> addresses;
  bool literal = false;  // the host is an address
};

Result<Resolved> resolve(std::string_view text, const Lookup& lookup) {
  auto target = parse<rules::target, target_action>(text, Target{});
  if (!target) return tl::unexpected(target.error());
  if (const auto address = IpAddress::parse(target->host)) return Resolved{*std::move(target), {*address}, true};
  auto addresses = lookup.addresses(target->host);
  if (!addresses) {
    blame(target->host, "an IP address, or a host name that can be looked up");
    return tl::unexpected(addresses.error());
  }
  return Resolved{*std::move(target), *std::move(addresses)};
}

// Rules without a domain yet: one for each address of the target. The source is looked at last.
Result<std::vector<DomainRule>> rules_of(const Resolved& resolved, const Lookup& lookup) {
  const auto& [target, addresses, literal] = resolved;
  std::uint32_t scope_id = 0;
  if (literal && !addresses.front().is_v4() && target.scope) {
    scope_id = lookup.interface_index(*target.scope);
    if (scope_id == 0) {
      blame(*target.scope, "an interface of this host");
      return refused("bad interface name");
    }
  }
  auto rule = with_source(target);
  if (!rule) return tl::unexpected(rule.error());
  std::vector<DomainRule> rules;
  for (const auto& address : addresses) {
    if (rule->source_address && rule->source_address->is_v4() != address.is_v4()) {
      if (!literal) continue;
      return refused(address.is_v4() ? "cannot use IPv4 server address with IPv6 source address"
                                     : "cannot use IPv6 server address with IPv4 source address");
    }
    rule->server = {address, target.port, scope_id};
    rules.push_back(*rule);
  }
  return rules;
}

Result<std::vector<DomainRule>> rules_for(std::string_view text, const Lookup& lookup) {
  const auto resolved = resolve(text, lookup);
  if (!resolved) return tl::unexpected(resolved.error());
  return rules_of(*resolved, lookup);
}

std::vector<DomainRule> one_rule(DomainRule::Action action) {
  DomainRule rule;
  rule.action = action;
  return {rule};
}

std::vector<DomainRule> for_every(const Patterns& patterns, const std::vector<DomainRule>& rules) {
  std::vector<DomainRule> all;
  for (const auto& pattern : patterns)
    for (const auto& rule : rules) all.emplace_back(rule).pattern = pattern;
  return all;
}

// A domain list reaches from a leading slash to the last one; with no other slash it is empty.
struct Parts {
  std::optional<std::string_view> domains;
  std::string_view target;
};

Parts cut_domains(std::string_view argument) {
  if (!argument.starts_with('/')) return {std::nullopt, argument};
  const std::size_t last = argument.rfind('/');
  if (last == 0) return {std::nullopt, argument.substr(1)};
  return {argument.substr(1, last - 1), split_at(argument.substr(last), '/').back()};
}

Result<Patterns> patterns_of(std::optional<std::string_view> domains) {
  if (!domains) return Patterns{DomainPattern{}};
  return parse<rules::domains, domain_action>(*domains, Patterns{});
}

Result<std::vector<DomainRule>> server_rules(std::string_view target, const Lookup& lookup) {
  if (target.empty()) return one_rule(DomainRule::Action::local_only);
  if (target == "#") return one_rule(DomainRule::Action::standard_servers);
  return rules_for(target, lookup);
}

Result<std::vector<DomainRule>> address_rules(std::string_view target) {
  if (target.empty()) return one_rule(DomainRule::Action::local_only);
  if (target == "#") return one_rule(DomainRule::Action::zeros);
  const auto address = IpAddress::parse(target);
  if (!address) {
    blame(target, "an IP address, # or nothing after the last slash");
    return refused("Bad address in --address");
  }
  auto rules = one_rule(DomainRule::Action::literal);
  rules.front().address = *address;
  return rules;
}

// The target is judged before the domains.
Result<std::vector<DomainRule>> for_domains(std::optional<std::string_view> domains,
                                            const Result<std::vector<DomainRule>>& rules) {
  if (!rules) return rules;
  const auto patterns = patterns_of(domains);
  if (!patterns) return tl::unexpected(patterns.error());
  return for_every(*patterns, *rules);
}

}  // namespace

Result<std::vector<DomainRule>> parse_server(std::string_view argument, const Lookup& lookup) {
  const std::string plain = unquote(argument);
  const auto parts = cut_domains(plain);
  return for_domains(parts.domains, server_rules(parts.target, lookup));
}

Result<std::vector<DomainRule>> parse_address(std::string_view argument) {
  const std::string plain = unquote(argument);
  const auto parts = cut_domains(plain);
  return for_domains(parts.domains, address_rules(parts.target));
}

bool append_plain_address(std::string_view argument, settings::DomainRules& rules) {
  constexpr std::size_t longest_name = 63;  // of one label, so that no label can be too long
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
  const auto is_plain_or_dot = [is_plain](char c) { return is_plain(c) || c == '.'; };
  if (!argument.starts_with('/')) return false;
  const auto name = argument.substr(1, argument.find('/', 1) - 1);
  if (name.empty() || name.size() > longest_name || name.size() + 2 > argument.size()) return false;
  if (!is_plain(name.front()) || !is_plain(name.back()) || !std::ranges::all_of(name, is_plain_or_dot)) return false;
  const auto address = Ipv4::parse(argument.substr(name.size() + 2));
  if (!address) return false;
  DomainRule rule;
  rule.action = DomainRule::Action::literal;
  rule.address = *address;
  rules.push_back(DomainPattern::Kind::subdomains, name, std::move(rule));
  return true;
}

Result<std::vector<DomainRule>> parse_rev_server(std::string_view argument, const Lookup& lookup) {
  const std::string plain = unquote(argument);
  const auto [subnet, target] = cut_at(plain, ',');
  const auto [address_text, length_text] = cut_at(subnet, '/');
  const auto address = IpAddress::parse(address_text);
  if (!address) {
    blame(address_text, "an IP address");
    return refused("");
  }
  std::optional<Resolved> server;
  if (target && *target != "#") {
    auto resolved = resolve(*target, lookup);
    if (!resolved) return tl::unexpected(resolved.error());
    server = *std::move(resolved);
  }
  Prefix prefix{*address, address_bits(*address)};
  if (length_text) {
    // What is no number stands for the whole address.
    if (const auto length = number(*length_text)) {
      if (*length < 1 || std::cmp_greater(*length, prefix.length)) {
        blame(*length_text, address->is_v4() ? "a prefix length, 1 to 32" : "a prefix length, 1 to 128");
        return refused(address->is_v4() ? "bad IPv4 prefix length" : "bad IPv6 prefix length");
      }
      prefix.length = static_cast<unsigned>(*length);
    }
  }
  Patterns patterns;
  for (auto& zone : reverse_zones(prefix)) patterns.push_back({DomainPattern::Kind::subdomains, std::move(zone)});
  if (!target) return for_every(patterns, one_rule(DomainRule::Action::local_only));
  if (!server) return for_every(patterns, one_rule(DomainRule::Action::standard_servers));
  const auto rules = rules_of(*server, lookup);
  if (!rules) return rules;
  return for_every(patterns, *rules);
}

std::size_t problems_in_server() { return problems_of<rules::domains>() + problems_of<rules::target>(); }

}  // namespace swapmasq::grammar
