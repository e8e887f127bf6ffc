#include "grammar/arguments/sets.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"
#include "grammar/arguments/split.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

struct end_of_domain : at<sor<slash, eof>> {};
struct every_name : seq<opt<one<'#'>>, end_of_domain> {};
struct domain : text_before<'/'> {};
struct domains : seq<sor<every_name, seq<star<one<'.'>>, domain>>,
                     star<slash, sor<every_name, seq<star<one<'.'>>, domain>>>, eof> {};

}  // namespace
}  // namespace rules

namespace {

using settings::DomainPattern;
using Patterns = std::vector<DomainPattern>;

template <typename Rule>
struct action {};
template <>
struct action<rules::every_name> {
  static void apply0(Patterns& patterns) { patterns.push_back({DomainPattern::Kind::any, {}}); }
};
template <>
struct action<rules::domain> {
  template <typename Input>
  static bool apply(const Input& in, Patterns& patterns) {
    auto name = canonical_name(in.string_view());
    if (!name) return false;
    patterns.push_back({DomainPattern::Kind::subdomains, *std::move(name)});
    return true;
  }
};

}  // namespace

Result<settings::SetRule> parse_ipset(std::string_view argument) {
  const std::string plain = unquote(argument);
  std::string_view sets = plain;
  settings::SetRule rule{.domains = {DomainPattern{}}, .sets = {}};
  if (sets.starts_with('/')) {
    const std::size_t last = sets.rfind('/');
    if (last > 0) {
      auto domains = parse<rules::domains, action>(sets.substr(1, last - 1), Patterns{});
      if (!domains) return tl::unexpected(domains.error());
      rule.domains = *std::move(domains);
    }
    // Spaces before the first set go with the end of a list, and stay where there is none.
    sets = last > 0 ? cut_at(sets.substr(last), '/').second.value_or("") : sets.substr(1);
  }
  if (sets.empty()) return refused("");
  for (const std::string_view set : split_at(sets, ',')) rule.sets.emplace_back(set);
  return rule;
}

Result<settings::SetRule> parse_nftset(std::string_view argument) {
  auto rule = parse_ipset(argument);
  if (!rule) return rule;
  for (std::string& set : rule->sets) {
    if (set.empty()) return refused("missing set name in nftset");
    const bool has_family = set.starts_with("4#") || set.starts_with("6#");
    std::replace(set.begin() + (has_family ? 2 : 0), set.end(), '#', ' ');
  }
  return rule;
}

std::size_t problems_in_sets() { return problems_of<rules::domains>(); }

}  // namespace swapmasq::grammar
