#include "grammar/arguments/domain.hpp"

#include <cstddef>
#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/reverse_zones.hpp"
#include "grammar/arguments/rules.hpp"

namespace swapmasq::grammar {
namespace {

// Both options, before what they share is checked.
struct Line {
  std::string name;
  std::optional<IpAddress> first;
  std::optional<IpAddress> last;
  std::optional<std::uint32_t> prefix_length;
  std::string interface;
  bool local = false;
  std::optional<std::string> prefix;
};

}  // namespace

namespace rules {
namespace {

struct name : field {};
struct network : text_before<'/', ','> {};
struct prefix_length : field {};
struct subnet : seq<network, slash, prefix_length> {};
struct first : field {};
struct last : field {};
struct pair : seq<first, comma, last> {};
struct single : field {};

struct local : word<'l', 'o', 'c', 'a', 'l'> {};
struct interface : field {};
struct no_prefix_length : not_at<until<one<'/'>>> {};
struct domain_range : sor<seq<subnet, opt<comma, local>, eof>, seq<pair, sor<comma, eof>, rest>, seq<single, eof>,
                          seq<no_prefix_length, interface, sor<comma, eof>, rest>> {};
struct domain : seq<name, sor<eof, seq<comma, eof>, seq<comma, domain_range>>> {};

struct prefix : rest {};
struct synth_range : sor<seq<subnet, opt<comma, prefix>, eof>, seq<pair, opt<comma, prefix>, eof>, seq<single, eof>> {};
struct synth_domain : seq<name, comma, synth_range> {};

}  // namespace
}  // namespace rules

namespace {

template <auto Member>
struct store_ip {
  static constexpr const char* expected = "an IP address";

  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    line.*Member = IpAddress::parse(in.string_view());
    return (line.*Member).has_value();
  }
};

template <typename Rule>
struct action {};
template <>
struct action<rules::name> : store_name<&Line::name> {};
template <>
struct action<rules::network> : store_ip<&Line::first> {};
template <>
struct action<rules::prefix_length> : store_number<&Line::prefix_length> {};
template <>
struct action<rules::first> : store_ip<&Line::first> {};
template <>
struct action<rules::last> : store_ip<&Line::last> {};
template <>
struct action<rules::single> : store_ip<&Line::first> {};
template <>
struct action<rules::local> : set_true<&Line::local> {};
template <>
struct action<rules::interface> {
  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    line.interface = in.string();
    return !IpAddress::parse(line.interface);
  }
};
template <>
struct action<rules::prefix> {
  template <typename Input>
  static void apply(const Input& in, Line& line) {
    line.prefix = std::string{in.string_view()};
  }
};

// Turns what was read into first..last.
Result<void> check_range(Line& line) {
  if (!line.first) return {};
  if (line.prefix_length) {
    if (*line.prefix_length > address_bits(*line.first)) return refused("bad prefix length");
    const Prefix subnet{*line.first, *line.prefix_length};
    line.first = first_of(subnet);
    line.last = last_of(subnet);
  }
  if (!line.last) line.last = line.first;
  if (line.first->is_v4() != line.last->is_v4()) return refused("");
  return {};
}

std::vector<settings::DomainRule> local_rules(const Line& line) {
  std::vector<std::string> names = {line.name};
  if (*line.prefix_length > 0)
    for (auto& zone : reverse_zones({*line.first, *line.prefix_length})) names.push_back(std::move(zone));
  std::vector<settings::DomainRule> rules;
  for (auto& name : names) {
    settings::DomainRule rule;
    rule.pattern = {settings::DomainPattern::Kind::subdomains, std::move(name)};
    rule.action = settings::DomainRule::Action::local_only;
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace

Result<DomainLine> parse_domain(std::string_view argument) {
  const std::string plain = unquote(argument);
  if (plain == "#") return DomainLine{.from_resolv_conf = true, .name = {}, .conditional = {}, .local_rules = {}};
  auto line = parse<rules::domain, action>(plain, Line{});
  if (!line) return tl::unexpected(line.error());
  if (auto checked = check_range(*line); !checked) return tl::unexpected(checked.error());
  DomainLine domain;
  domain.name = line->name;
  if (line->first || !line->interface.empty()) {
    domain.conditional.emplace();
    domain.conditional->name = line->name;
    domain.conditional->interface = line->interface;
    if (line->first) {
      domain.conditional->first = *line->first;
      domain.conditional->last = *line->last;
    }
  }
  if (line->local) domain.local_rules = local_rules(*line);
  return domain;
}

Result<settings::SynthDomain> parse_synth_domain(std::string_view argument) {
  // Room that a name in front of an address leaves in a label.
  constexpr std::size_t longest_for_subnet4 = 24;
  constexpr std::size_t longest_for_subnet6 = 17;
  constexpr std::size_t longest_for_range = 47;
  constexpr unsigned shortest_counted6 = 64;
  const std::string plain = unquote(argument);
  auto line = parse<rules::synth_domain, action>(plain, Line{});
  if (!line) return tl::unexpected(line.error());
  if (auto checked = check_range(*line); !checked) return tl::unexpected(checked.error());
  settings::SynthDomain synth;
  synth.name = line->name;
  synth.first = *line->first;
  synth.last = *line->last;
  synth.prefix = line->prefix.value_or("");
  const bool v4 = line->first->is_v4();
  const std::size_t longest = !line->prefix_length ? longest_for_range : v4 ? longest_for_subnet4 : longest_for_subnet6;
  synth.counted = synth.prefix.ends_with('*');
  if (synth.counted && !v4 && line->prefix_length.value_or(0) < shortest_counted6)
    return refused("prefix length too small");
  if (synth.prefix.size() > longest) return refused("bad prefix");
  if (synth.counted) synth.prefix.pop_back();
  return synth;
}

std::size_t problems_in_domain() { return problems_of<rules::domain>() + problems_of<rules::synth_domain>(); }

}  // namespace swapmasq::grammar
