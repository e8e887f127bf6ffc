#include "grammar/arguments/alias.hpp"

#include <optional>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"
#include "grammar/arguments/split.hpp"

namespace swapmasq::grammar {
namespace {

struct Line {
  Ipv4 first;
  std::optional<Ipv4> last;
  bool range = false;
  Ipv4 replacement;
  Ipv4 mask{0xffffffff};
};

}  // namespace

namespace rules {
namespace {

struct dash : separator<'-'> {};
struct first : text_before<'-', ','> {};
struct last : field {};
struct range : seq<dash, opt<last>, field> {};
struct replacement : field {};
struct mask : rest {};
struct replaced : seq<first, opt<range>, eof> {};
struct replacing : seq<replacement, opt<comma, mask>, eof> {};

}  // namespace
}  // namespace rules

namespace {

template <typename Rule>
struct action {};
template <>
struct action<rules::first> : store_address<Ipv4, &Line::first> {};
template <>
struct action<rules::last> : store_address<Ipv4, &Line::last> {};
template <>
struct action<rules::range> : set_true<&Line::range> {};
template <>
struct action<rules::replacement> : store_plain_address<Ipv4, &Line::replacement> {};
template <>
struct action<rules::mask> : store_plain_address<Ipv4, &Line::mask> {};

}  // namespace

// Quotes hide only the first comma.
Result<settings::AddressAlias> parse_alias(std::string_view argument) {
  constexpr auto missing = "missing address in alias";
  const auto [replaced, replacing] = cut_at(argument, ',');
  const auto start = parse<rules::replaced, action>(replaced, Line{}, missing);
  if (!start) return tl::unexpected(start.error());
  const auto line = parse<rules::replacing, action>(unquote(replacing.value_or("")), *start, missing);
  if (!line) return tl::unexpected(line.error());
  if (line->range && (!line->last || !line->first.same_subnet(*line->last, line->mask) || *line->last < line->first))
    return refused("invalid alias range");
  return settings::AddressAlias{line->first, line->last, line->replacement, line->mask};
}

std::size_t problems_in_alias() { return problems_of<rules::replaced>() + problems_of<rules::replacing>(); }

}  // namespace swapmasq::grammar
