#include "grammar/arguments/dnssec.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"
#include "grammar/arguments/split.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

struct anchor_name : field {};
struct negative : eof {};
struct internet : word<'I', 'N'> {};
struct chaos : word<'C', 'H'> {};
struct hesiod : word<'H', 'S'> {};
struct dns_class : sor<internet, chaos, hesiod> {};
struct key_tag : field {};
struct algorithm : field {};
struct digest_type : field {};
struct digest : rest {};
struct trust_anchor : seq<anchor_name, sor<negative, seq<opt<comma, dns_class>, comma, key_tag, comma, algorithm, comma,
                                                         digest_type, comma, digest>>> {};

}  // namespace
}  // namespace rules

template <>
inline constexpr const char* message<rules::digest> = "bad HEX in trust anchor";

namespace {

using settings::TrustAnchor;

template <std::uint16_t Class>
struct set_class {
  static void apply0(TrustAnchor& anchor) { anchor.dns_class = Class; }
};

template <typename Rule>
struct action {};
template <>
struct action<rules::anchor_name> : store_name<&TrustAnchor::name> {};
template <>
struct action<rules::negative> : set_true<&TrustAnchor::negative> {};
template <>
struct action<rules::internet> : set_class<1> {};
template <>
struct action<rules::chaos> : set_class<3> {};
template <>
struct action<rules::hesiod> : set_class<4> {};
template <>
struct action<rules::key_tag> : store_number<&TrustAnchor::key_tag> {};
template <>
struct action<rules::algorithm> : store_number<&TrustAnchor::algorithm> {};
template <>
struct action<rules::digest_type> : store_number<&TrustAnchor::digest_type> {};
template <>
struct action<rules::digest> {
  template <typename Input>
  static bool apply(const Input& in, TrustAnchor& anchor) {
    std::string text = unquote(in.string_view());
    std::erase(text, ' ');
    auto digest = hex_string(text);
    if (!digest) return false;
    anchor.digest = *std::move(digest);
    return true;
  }
};

}  // namespace

Result<TrustAnchor> parse_trust_anchor(std::string_view argument) {
  return parse<rules::trust_anchor, action>(argument, TrustAnchor{}, "bad trust anchor");
}

Result<settings::DnssecLimits> parse_dnssec_limits(std::string_view argument) {
  using settings::DnssecLimits;
  constexpr std::array limits_in_order = {&DnssecLimits::failed_signatures, &DnssecLimits::crypto_operations,
                                          &DnssecLimits::sub_queries, &DnssecLimits::nsec3_iterations};
  const auto fields = split_at(argument, ',');
  DnssecLimits limits;
  for (std::size_t i = 0; i < std::min(fields.size(), limits_in_order.size()); ++i) {
    const auto limit = number(fields[i]);
    if (!limit) return refused("");
    if (*limit != 0) limits.*limits_in_order.at(i) = static_cast<std::uint32_t>(*limit);
  }
  return limits;
}

Result<bool> parse_dnssec_check_unsigned(std::string_view argument) {
  if (unquote(argument) != "no") return refused("bad value for dnssec-check-unsigned");
  return false;
}

std::size_t problems_in_dnssec() { return problems_of<rules::trust_anchor>(); }

}  // namespace swapmasq::grammar
