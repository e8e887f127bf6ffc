#include "grammar/arguments/ra.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

struct interface : field {};
struct mtu_off : seq<istring<'o', 'f', 'f'>, end_of_field> {};
struct mtu_octets : field {};
struct mtu_interface : field {};
struct mtu : seq<istring<'m', 't', 'u', ':'>, sor<mtu_off, mtu_octets, mtu_interface>> {};
struct high : seq<istring<'h', 'i', 'g', 'h'>, field> {};
struct low : seq<istring<'l', 'o', 'w'>, field> {};
struct interval : field {};
struct lifetime : rest {};
struct ra_param
    : seq<interface, comma, opt<mtu, comma>, opt<sor<high, low>, comma>, interval, opt<comma, lifetime>, eof> {};

struct enterprise : field {};
struct identifier : rest {};
struct dhcp_duid : seq<enterprise, comma, identifier> {};

}  // namespace
}  // namespace rules

namespace {

using settings::DhcpDuid;
using settings::RaParam;

template <typename Rule>
struct action {};
template <>
struct action<rules::interface> : store_text<&RaParam::interface> {};
template <>
struct action<rules::mtu_off> : set_true<&RaParam::mtu_off> {};
template <>
struct action<rules::mtu_octets> : store_number<&RaParam::mtu> {};
template <>
struct action<rules::mtu_interface> : store_text<&RaParam::mtu_interface> {};
template <>
struct action<rules::high> {
  static void apply0(RaParam& param) { param.priority = RaParam::Priority::high; }
};
template <>
struct action<rules::low> {
  static void apply0(RaParam& param) { param.priority = RaParam::Priority::low; }
};
template <>
struct action<rules::interval> : store_number<&RaParam::interval> {};
template <>
struct action<rules::lifetime> : store_number<&RaParam::lifetime> {};

template <typename Rule>
struct duid_action {};
template <>
struct duid_action<rules::enterprise> {
  template <typename Input>
  static bool apply(const Input& in, DhcpDuid& duid) {
    const auto enterprise = number(in.string_view());
    if (enterprise) duid.enterprise = static_cast<std::uint32_t>(*enterprise);
    return enterprise.has_value();
  }
};
template <>
struct duid_action<rules::identifier> {
  template <typename Input>
  static bool apply(const Input& in, DhcpDuid& duid) {
    auto identifier = hex_string(unquote(in.string_view()));
    if (!identifier) return false;
    duid.identifier = *std::move(identifier);
    return true;
  }
};

}  // namespace

Result<std::optional<RaParam>> parse_ra_param(std::string_view argument) {
  constexpr std::int32_t smallest_mtu = 1280;  // RFC 8200 section 5
  if (argument.find(',') == std::string_view::npos) return std::nullopt;
  auto param = parse<rules::ra_param, action>(argument, RaParam{}, "bad RA-params");
  if (!param) return tl::unexpected(param.error());
  if (static_cast<std::int32_t>(param->mtu.value_or(smallest_mtu)) < smallest_mtu) return refused("bad RA-params");
  return *std::move(param);
}

Result<DhcpDuid> parse_dhcp_duid(std::string_view argument) {
  return parse<rules::dhcp_duid, duid_action>(argument, DhcpDuid{}, "bad DUID");
}

std::size_t problems_in_ra() { return problems_of<rules::ra_param>() + problems_of<rules::dhcp_duid>(); }

}  // namespace swapmasq::grammar
