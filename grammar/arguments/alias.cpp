#include "grammar/arguments/alias.hpp"

#include <optional>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"

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
struct alias : seq<first, opt<range>, comma, replacement, opt<comma, mask>, eof> {};

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

Result<settings::AddressAlias> parse_alias(std::string_view argument) {
  const auto line = parse<rules::alias, action>(argument, Line{}, "missing address in alias");
  if (!line) return tl::unexpected(line.error());
  if (line->range && (!line->last || !line->first.same_subnet(*line->last, line->mask) || *line->last < line->first))
    return refused("invalid alias range");
  return settings::AddressAlias{line->first, line->last, line->replacement, line->mask};
}

std::size_t problems_in_alias() { return problems_of<rules::alias>(); }

}  // namespace swapmasq::grammar
