#include "grammar/arguments/every_parser.hpp"

#include <array>

#include "grammar/arguments/dhcp_range.hpp"

namespace swapmasq::grammar {
namespace {

template <typename T>
Result<void> verdict(const Result<T>& result) {
  if (!result) return tl::unexpected(result.error());
  return {};
}

template <auto Parser>
Result<void> judge(std::string_view argument, const Lookup& /*lookup*/) {
  return verdict(Parser(argument));
}

template <auto Parser>
Result<void> judge_with_lookup(std::string_view argument, const Lookup& lookup) {
  return verdict(Parser(argument, lookup));
}

constexpr auto parsers = std::to_array<NamedParser>({
    {"dhcp-range", judge<parse_dhcp_range>},
});

}  // namespace

std::span<const NamedParser> every_parser() { return parsers; }

}  // namespace swapmasq::grammar
