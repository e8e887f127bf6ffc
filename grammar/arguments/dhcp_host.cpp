#include "grammar/arguments/dhcp_host.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

struct colon_ahead : at<until<one<':'>, not_one<','>>> {};

struct id_prefix : istring<'i', 'd', ':'> {};
struct any_id : seq<id_prefix, one<'*'>, field> {};
struct hex_id : field {};
struct text_id : field {};
struct id : seq<id_prefix, sor<seq<colon_ahead, hex_id>, text_id>> {};

struct tag_to_set : field {};
struct set_tag : seq<sor<string<'s', 'e', 't', ':'>, string<'n', 'e', 't', ':'>>, tag_to_set> {};
struct tag_to_test : field {};
struct filter : seq<string<'t', 'a', 'g', ':'>, tag_to_test> {};

struct closing : seq<one<']'>, end_of_field> {};
struct bracketed_ahead : at<one<'['>, until<closing, not_one<','>>> {};
struct address6 : until<at<sor<slash, closing>>> {};
struct prefix_length : until<at<closing>> {};
struct bracketed : seq<bracketed_ahead, one<'['>, address6, opt<slash, prefix_length>, closing> {};

struct hardware : field {};
struct with_colon : seq<colon_ahead, sor<any_id, id, set_tag, filter, bracketed, hardware>> {};

struct address4 : field {};
struct lease_time : field {};
struct infinite : word<'i', 'n', 'f', 'i', 'n', 'i', 't', 'e'> {};
struct ignore : word<'i', 'g', 'n', 'o', 'r', 'e'> {};
struct host_name : field {};

struct item : sor<with_colon, end_of_field, address4, lease_time, infinite, ignore, host_name> {};
// Spaces alone say nothing.
struct dhcp_host : sor<seq<spaces, eof>, seq<item, star<comma, item>, eof>> {};

}  // namespace
}  // namespace rules

template <>
inline constexpr const char* expected<rules::hex_id> = "hex octets, separated by colons";
template <>
inline constexpr const char* expected<rules::hardware> = "a hardware address";
template <>
inline constexpr const char* expected<rules::address6> = "an IPv6 address";
template <>
inline constexpr const char* expected<rules::prefix_length> = "a prefix length";
template <>
inline constexpr const char* expected<rules::address4> = "an IPv4 address";
template <>
inline constexpr const char* expected<rules::lease_time> = "a lease time (such as 45m, 12h or infinite)";
template <>
inline constexpr const char* expected<rules::host_name> = "a host name";

template <>
inline constexpr const char* message<rules::hex_id> = "bad hex constant";
template <>
inline constexpr const char* message<rules::address6> = "bad IPv6 address";
template <>
inline constexpr const char* message<rules::prefix_length> = "bad IPv6 prefix";
template <>
inline constexpr const char* message<rules::hardware> = "bad hex constant";
template <>
inline constexpr const char* message<rules::host_name> = "bad DHCP host name";

namespace {

using settings::DhcpHost;

template <typename Rule>
struct action {};
template <>
struct action<rules::any_id> : set_true<&DhcpHost::ignore_client_id> {};
template <>
struct action<rules::hex_id> {
  template <typename Input>
  static bool apply(const Input& in, DhcpHost& host) {
    const auto octets = hex_octets(in.string_view());
    if (!octets) return false;
    host.client_id.emplace();
    for (const auto& octet : *octets) host.client_id->push_back(octet.value_or(0));
    return true;
  }
};
template <>
struct action<rules::text_id> {
  template <typename Input>
  static void apply(const Input& in, DhcpHost& host) {
    host.client_id = to_bytes(unquote(in.string_view()));
  }
};
template <>
struct action<rules::tag_to_set> : append_text<&DhcpHost::set_tags> {};
template <>
struct action<rules::tag_to_test> : append_tag_test<&DhcpHost::filters> {};
template <>
struct action<rules::address6> {
  template <typename Input>
  static bool apply(const Input& in, DhcpHost& host) {
    const auto address = Ipv6::parse(in.string_view());
    if (!address) return false;
    host.has_ipv6_address = true;
    host.ipv6_addresses.push_back({*address});
    return true;
  }
};
// In the low 64 bits no bit below the length may be set; dnsmasq counts that border modulo 64.
template <>
struct action<rules::prefix_length> {
  template <typename Input>
  static bool apply(const Input& in, DhcpHost& host) {
    const auto length = number(in.string_view());
    if (!length || *length < 0 || *length > 128) return false;
    auto& last = host.ipv6_addresses.back();
    last.prefix_length = static_cast<std::uint8_t>(*length);
    std::uint64_t identifier = 0;
    for (std::size_t i = 8; i < last.address.octets.size(); ++i)
      identifier = identifier << 8U | last.address.octets.at(i);
    const unsigned host_bits = (128U - last.prefix_length) % 64;
    return (identifier & ((std::uint64_t{1} << host_bits) - 1)) == 0;
  }
};
template <>
struct action<rules::hardware> {
  template <typename Input>
  static bool apply(const Input& in, DhcpHost& host) {
    auto pattern = hardware_pattern(in.string_view());
    if (!pattern) return false;
    host.hardware.push_back(*std::move(pattern));
    return true;
  }
};
template <>
struct action<rules::address4> : store_address<Ipv4, &DhcpHost::address> {};
// A unit letter only counts behind something else; of several numbers the first counts.
template <>
struct action<rules::lease_time> {
  template <typename Input>
  static bool apply(const Input& in, DhcpHost& host) {
    std::string_view text = in.string_view();
    std::uint32_t factor = 1;
    if (const auto unit = time_unit(text.back()); unit && text.size() > 1) {
      factor = *unit;
      text.remove_suffix(1);
    }
    const bool numeric = text.find_first_not_of("0123456789 ") == std::string_view::npos &&
                         text.find_first_not_of(' ') != std::string_view::npos;
    if (numeric) host.lease = std::max(shortest_lease, static_cast<std::uint32_t>(lenient_number(text)) * factor);
    return numeric;
  }
};
template <>
struct action<rules::infinite> {
  static void apply0(DhcpHost& host) { host.lease = settings::infinite_lease; }
};
template <>
struct action<rules::ignore> : set_true<&DhcpHost::ignore> {};
template <>
struct action<rules::host_name> {
  template <typename Input>
  static bool apply(const Input& in, DhcpHost& host) {
    if (!host.name.empty() || !host.domain.empty()) throw tao::pegtl::parse_error("DHCP host has multiple names", in);
    const auto name = canonical_host_name(unquote(in.string_view()));
    if (!name) return false;
    const std::size_t dot = std::min(name->find('.'), name->size());
    host.name = name->substr(0, dot);
    host.domain = name->substr(std::min(dot + 1, name->size()));
    return true;
  }
};

}  // namespace

Result<DhcpHost> parse_dhcp_host(std::string_view argument) {
  return parse<rules::dhcp_host, action>(argument, DhcpHost{});
}

std::size_t problems_in_dhcp_host() { return problems_of<rules::dhcp_host>(); }

}  // namespace swapmasq::grammar
