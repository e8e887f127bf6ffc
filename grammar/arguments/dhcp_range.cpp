#include "grammar/arguments/dhcp_range.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"

namespace swapmasq::grammar {
namespace {

// What the two families share, and their own parts, while the line is read.
struct Line {
  std::string set_tag;
  settings::TagTests filters;
  std::optional<settings::LeaseTime> lease;
  settings::DhcpRange v4;
  settings::DhcpRange6 v6;
  bool is_v6 = false;
  bool constructed = false;  // perhaps from an interface without a name
};

}  // namespace

namespace rules {
namespace {

// A first field is a tag when a character in it cannot be part of an address, and more fields follow.
struct address_character : ranges<'0', '9', 'a', 'f', 'A', 'F', ' ', ' ', '.', '.', ':', ':'> {};
struct tag_ahead : at<star<address_character>, not_one<','>, until<one<','>>> {};
struct filter : field {};
struct set_tag : field {};
struct tag
    : seq<tag_ahead, sor<seq<tag_or_net, sor<end_of_field, filter>>, seq<opt<string<'s', 'e', 't', ':'>>, set_tag>>,
          comma> {};

struct lease_field : field {};
struct deprecated : word<'d', 'e', 'p', 'r', 'e', 'c', 'a', 't', 'e', 'd'> {};
struct lease : seq<comma, sor<deprecated, end_of_field, lease_field>> {};

struct start4 : field {};
struct end4 : field {};
struct static4 : word<'s', 't', 'a', 't', 'i', 'c'> {};
struct proxy4 : word<'p', 'r', 'o', 'x', 'y'> {};
struct netmask : field {};
struct broadcast : field {};
struct consistent4 : tao::pegtl::success {};  // the range makes sense, whatever may follow
struct range4 : seq<start4, comma, sor<static4, proxy4, end4>, opt<comma, netmask, opt<comma, broadcast>>, consistent4,
                    opt<lease>, eof> {};

struct start6 : field {};
struct end6 : field {};
struct static6 : word<'s', 't', 'a', 't', 'i', 'c'> {};
struct ra_only : word<'r', 'a', '-', 'o', 'n', 'l', 'y'> {};
struct ra_names : word<'r', 'a', '-', 'n', 'a', 'm', 'e', 's'> {};
struct ra_stateless : word<'r', 'a', '-', 's', 't', 'a', 't', 'e', 'l', 'e', 's', 's'> {};
struct ra_advrouter : word<'r', 'a', '-', 'a', 'd', 'v', 'r', 'o', 'u', 't', 'e', 'r'> {};
struct slaac : word<'s', 'l', 'a', 'a', 'c'> {};
struct off_link : word<'o', 'f', 'f', '-', 'l', 'i', 'n', 'k'> {};
struct constructor_interface : field {};
struct constructor : seq<string<'c', 'o', 'n', 's', 't', 'r', 'u', 'c', 't', 'o', 'r', ':'>, constructor_interface> {};
struct mode : sor<static6, ra_only, ra_names, ra_stateless, ra_advrouter, slaac, off_link, constructor> {};
struct prefix_length : field {};
struct consistent6 : tao::pegtl::success {};
struct range6 : seq<start6, at<comma>, opt<comma, end6>, star<comma, mode>, opt<comma, prefix_length>, consistent6,
                    opt<lease>, eof> {};

struct dhcp_range : seq<star<tag>, sor<range4, range6>> {};

}  // namespace
}  // namespace rules

template <>
inline constexpr const char* message<rules::set_tag> = "only one tag allowed";
template <>
inline constexpr const char* expected<rules::lease_field> = "a lease time (such as 45m, 12h or infinite)";
template <>
inline constexpr const char* expected<rules::prefix_length> = "a prefix length";
template <>
inline constexpr const char* expected<rules::netmask> = "a netmask";
template <>
inline constexpr const char* expected<rules::broadcast> = "a broadcast address";

namespace {

template <typename Rule>
struct action {};
template <>
struct action<rules::filter> : append_tag_test<&Line::filters> {};
template <>
struct action<rules::set_tag> {
  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    if (!line.set_tag.empty()) return false;
    line.set_tag = unquote(in.string_view());
    return true;
  }
};
template <>
struct action<rules::lease_field> {
  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    line.lease = lease_time(in.string_view());
    return line.lease.has_value();
  }
};
template <>
struct action<rules::deprecated> {
  static void apply0(Line& line) { line.v6.deprecated = true; }
};

// Stores one address of the IPv4 or the IPv6 form.
template <auto Family, auto Member, typename Address>
struct store_member {
  static constexpr const char* expected = address_kind<Address>;

  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    auto& range = line.*Family;
    const auto address = Address::parse(in.string_view());
    if (address) range.*Member = *address;
    return address.has_value();
  }
};
template <>
struct action<rules::start4> : store_member<&Line::v4, &settings::DhcpRange::start, Ipv4> {};
template <>
struct action<rules::end4> : store_member<&Line::v4, &settings::DhcpRange::end, Ipv4> {};
template <>
struct action<rules::netmask> : store_member<&Line::v4, &settings::DhcpRange::netmask, Ipv4> {};
template <>
struct action<rules::broadcast> : store_member<&Line::v4, &settings::DhcpRange::broadcast, Ipv4> {};
template <>
struct action<rules::static4> {
  static void apply0(Line& line) { line.v4.kind = settings::DhcpRange::Kind::static_only; }
};
template <>
struct action<rules::proxy4> {
  static void apply0(Line& line) { line.v4.kind = settings::DhcpRange::Kind::proxy; }
};

template <>
struct action<rules::start6> {
  static constexpr const char* expected = address_kind<Ipv6>;

  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    const auto address = Ipv6::parse(in.string_view());
    if (!address) return false;
    line.is_v6 = true;
    line.v6.start = line.v6.end = *address;
    return true;
  }
};
template <>
struct action<rules::end6> {
  static constexpr const char* expected = address_kind<Ipv6>;

  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    const auto address = Ipv6::parse(in.string_view());
    if (!address) return false;
    line.v6.dynamic = true;
    line.v6.end = *address;
    return true;
  }
};
template <auto Member>
struct switch_on {
  static void apply0(Line& line) { line.v6.*Member = true; }
};
template <>
struct action<rules::static6> : switch_on<&settings::DhcpRange6::static_only> {};
template <>
struct action<rules::ra_only> : switch_on<&settings::DhcpRange6::ra_only> {};
template <>
struct action<rules::ra_names> : switch_on<&settings::DhcpRange6::ra_names> {};
template <>
struct action<rules::ra_stateless> : switch_on<&settings::DhcpRange6::ra_stateless> {};
template <>
struct action<rules::ra_advrouter> : switch_on<&settings::DhcpRange6::ra_advrouter> {};
template <>
struct action<rules::slaac> : switch_on<&settings::DhcpRange6::slaac> {};
template <>
struct action<rules::off_link> : switch_on<&settings::DhcpRange6::off_link> {};
template <>
struct action<rules::constructor_interface> {
  template <typename Input>
  static void apply(const Input& in, Line& line) {
    line.v6.constructor = unquote(in.string_view());
    line.constructed = true;
  }
};
// A number above 128 is a lease time; no digit at all is the prefix length 0.
template <>
struct action<rules::prefix_length> {
  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    const std::string_view text = in.string_view();
    const auto length = number(text);
    if (!length || unquote(text) != text || *length > 128) return false;
    line.v6.prefix_length = static_cast<std::uint8_t>(std::max(*length, 0));
    return true;
  }
};

// What is wrong with the addresses of a range; null: nothing.
const char* problem_of(const settings::DhcpRange& range, const Line& /*line*/) {
  const bool consistent = range.kind != settings::DhcpRange::Kind::dynamic || !range.netmask ||
                          range.start.same_subnet(range.end, *range.netmask);
  return consistent ? nullptr : "inconsistent DHCP range";
}

const char* problem_of(const settings::DhcpRange6& range, const Line& line) {
  constexpr std::size_t upper_half = 8;  // octets of an address's routing prefix
  const bool advertised = range.ra_only || range.ra_names || range.ra_stateless || range.ra_advrouter || range.slaac;
  if (range.prefix_length > 64 && advertised) return "prefix length must be exactly 64 for RA subnets";
  if (range.prefix_length > 64 && line.constructed) return "prefix length must be exactly 64 for subnet constructors";
  if (range.prefix_length < 64) return "prefix length must be at least 64";
  if (!IpAddress{range.end}.in_prefix(range.start, range.prefix_length)) return "inconsistent DHCPv6 range";
  const bool upper_zero = std::all_of(range.start.octets.begin(), range.start.octets.begin() + upper_half,
                                      [](std::uint8_t octet) { return octet == 0; });
  if (line.constructed && !upper_zero) return "prefix must be zero with \"constructor:\" argument";
  return nullptr;
}

template <auto Family>
struct refuse_inconsistent {
  template <typename Input>
  static void apply(const Input& in, const Line& line) {
    if (const char* const problem = problem_of(line.*Family, line)) throw tao::pegtl::parse_error(problem, in);
  }
};
template <>
struct action<rules::consistent4> : refuse_inconsistent<&Line::v4> {};
template <>
struct action<rules::consistent6> : refuse_inconsistent<&Line::v6> {};

// The range with what both families share, its ends in order.
template <typename Range>
Range completed(Range range, Line& line, settings::LeaseTime default_lease) {
  if (range.end < range.start) std::swap(range.start, range.end);
  range.lease = line.lease.value_or(default_lease);
  range.set_tag = std::move(line.set_tag);
  range.filters = std::move(line.filters);
  return range;
}

}  // namespace

Result<DhcpRangeLine> parse_dhcp_range(std::string_view argument) {
  auto line = parse<rules::dhcp_range, action>(argument, Line{}, "bad dhcp-range");
  if (!line) return tl::unexpected(line.error());
  if (line->is_v6) return completed(line->v6, *line, settings::DhcpRange6::default_lease6);
  if (line->v4.kind != settings::DhcpRange::Kind::dynamic) line->v4.end = line->v4.start;
  return completed(line->v4, *line, settings::default_lease);
}

std::size_t problems_in_dhcp_range() { return problems_of<rules::dhcp_range>(); }

}  // namespace swapmasq::grammar
