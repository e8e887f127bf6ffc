#include "grammar/arguments/domain.hpp"

#include <cstddef>
#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/reverse_zones.hpp"
#include "grammar/arguments/rules.hpp"
#include "grammar/arguments/split.hpp"

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

struct network : text_before<'/', ','> {};
struct prefix_length : field {};
struct fitting_length : success {};
struct subnet : seq<network, slash, prefix_length, fitting_length> {};
struct first : field {};
struct last : field {};
struct pair : seq<first, comma, last> {};
struct single : field {};

struct local : word<'l', 'o', 'c', 'a', 'l'> {};
struct interface : field {};
// A slash anywhere makes it a subnet.
struct no_subnet : not_at<until<one<'/'>>> {};
struct domain_range
    : sor<seq<subnet, opt<comma, local>, eof>, seq<no_subnet, sor<seq<pair, sor<comma, eof>, rest>, seq<single, eof>,
                                                                  seq<interface, sor<comma, eof>, rest>>>> {};
struct range_of_domain : sor<eof, domain_range> {};

struct prefix : rest {};
struct synth_range : sor<seq<subnet, opt<comma, prefix>, eof>,
                         seq<no_subnet, sor<seq<pair, opt<comma, prefix>, eof>, seq<single, eof>>>> {};

}  // namespace
}  // namespace rules

template <>
inline constexpr const char* message<rules::fitting_length> = "bad prefix length";

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
struct action<rules::network> : store_ip<&Line::first> {};
template <>
struct action<rules::prefix_length> : store_number<&Line::prefix_length> {};
template <>
struct action<rules::fitting_length> {
  static bool apply0(const Line& line) { return *line.prefix_length <= address_bits(*line.first); }
};
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

// Only the first comma is hidden by quotes.
template <typename Range>
Result<Line> parse_line(std::string_view argument, bool needs_range) {
  const auto [name_text, range] = cut_at(argument, ',');
  auto name = canonical_name(unquote(name_text));
  if (!name || (needs_range && !range)) return refused("");
  Line line;
  line.name = *std::move(name);
  if (!range) return line;
  return parse<Range, action>(unquote(*range), std::move(line));
}

// Turns what was read into first..last.
Result<void> check_range(Line& line) {
  if (!line.first) return {};
  if (line.prefix_length) {
    const Prefix subnet{*line.first, *line.prefix_length};
    line.first = first_of(subnet);
    line.last = last_of(subnet);
  }
  if (!line.last) line.last = line.first;
  if (line.first->is_v4() != line.last->is_v4()) return refused("");
  return {};
}

std::vector<settings::DomainRule> local_rules(const Line& line) {
  std::vector<std::string> names;
  if (*line.prefix_length > 0) names = reverse_zones({*line.first, *line.prefix_length});
  names.push_back(line.name);
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
  if (argument == "#") return DomainLine{.from_resolv_conf = true, .name = {}, .conditional = {}, .local_rules = {}};
  auto line = parse_line<rules::range_of_domain>(argument, false);
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
  auto line = parse_line<rules::synth_range>(argument, true);
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
  if (synth.prefix.size() > longest || !canonical_name(synth.prefix)) return refused("bad prefix");
  if (synth.counted && !v4 && line->prefix_length.value_or(0) < shortest_counted6)
    return refused("prefix length too small");
  if (synth.counted) synth.prefix.pop_back();
  return synth;
}

std::size_t problems_in_domain() { return problems_of<rules::range_of_domain>() + problems_of<rules::synth_range>(); }

}  // namespace swapmasq::grammar
