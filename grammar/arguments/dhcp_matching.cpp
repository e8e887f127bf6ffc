#include "grammar/arguments/dhcp_matching.hpp"

#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

struct set_tag : field {};
struct tag_to_set : seq<opt<string<'s', 'e', 't', ':'>>, set_tag, comma> {};

struct hardware : rest {};
struct dhcp_mac : seq<tag_to_set, hardware> {};

struct enterprise : field {};
struct vendor_text : rest {};
struct enterprise_prefix : string<'e', 'n', 't', 'e', 'r', 'p', 'r', 'i', 's', 'e', ':'> {};
struct vendor_class
    : seq<tag_to_set, sor<seq<enterprise_prefix, enterprise, opt<comma, vendor_text>, eof>, vendor_text>> {};

struct user_text : rest {};
struct user_class : seq<tag_to_set, user_text> {};

struct hex_octets : colon_hex {};
struct agent_text : rest {};
struct relay_agent : seq<tag_to_set, sor<hex_octets, agent_text>> {};

struct client_name : rest {};
struct name_match : seq<tag_to_set, not_at<eof>, client_name> {};

}  // namespace
}  // namespace rules

namespace {

using namespace settings;

struct VendorClassLine {
  DhcpVendorClass match;
  bool has_text = false;
};

template <typename Match>
std::string& set_tag_of(Match& match) {
  return match.set_tag;
}
std::string& set_tag_of(VendorClassLine& line) { return line.match.set_tag; }

template <typename Rule>
struct action {};
template <>
struct action<rules::set_tag> {
  template <typename Input, typename State>
  static void apply(const Input& in, State& state) {
    set_tag_of(state) = unquote(in.string_view());
  }
};
template <>
struct action<rules::hardware> {
  static constexpr const char* expected = "a hardware address";

  template <typename Input>
  static bool apply(const Input& in, DhcpMac& match) {
    auto pattern = hardware_pattern(unquote(in.string_view()));
    if (!pattern) return false;
    match.hardware = *std::move(pattern);
    return true;
  }
};
template <>
struct action<rules::enterprise> {
  template <typename Input>
  static void apply(const Input& in, VendorClassLine& line) {
    line.match.enterprise = static_cast<std::uint32_t>(lenient_number(in.string_view()));
  }
};
template <>
struct action<rules::vendor_text> {
  template <typename Input>
  static void apply(const Input& in, VendorClassLine& line) {
    line.has_text = true;
    line.match.text = unquote(in.string_view());
  }
};
template <>
struct action<rules::user_text> : store_text<&DhcpUserClass::text> {};
template <>
struct action<rules::hex_octets> {
  template <typename Input>
  static void apply(const Input& in, RelayAgentMatch& match) {
    match.value = hex_string(in.string_view()).value_or(Bytes{});
  }
};
template <>
struct action<rules::agent_text> {
  template <typename Input>
  static void apply(const Input& in, RelayAgentMatch& match) {
    match.value = to_bytes(unquote(in.string_view()));
  }
};
template <>
struct action<rules::client_name> {
  template <typename Input>
  static void apply(const Input& in, DhcpNameMatch& match) {
    std::string_view name = in.string_view();
    match.prefix = name.ends_with('*');
    if (match.prefix) name.remove_suffix(1);
    match.name = unquote(name);
  }
};

}  // namespace

Result<DhcpMac> parse_dhcp_mac(std::string_view argument) {
  return parse<rules::dhcp_mac, action>(argument, DhcpMac{});
}

Result<DhcpVendorClass> parse_dhcp_vendorclass(std::string_view argument) {
  auto line = parse<rules::vendor_class, action>(argument, VendorClassLine{});
  if (!line) return tl::unexpected(line.error());
  // An enterprise needs no text, but then a number.
  if (!line->has_text && line->match.enterprise == 0) return refused("");
  return std::move(line->match);
}

Result<DhcpUserClass> parse_dhcp_userclass(std::string_view argument) {
  return parse<rules::user_class, action>(argument, DhcpUserClass{});
}

Result<RelayAgentMatch> parse_relay_agent_match(std::string_view argument) {
  return parse<rules::relay_agent, action>(argument, RelayAgentMatch{});
}

Result<DhcpNameMatch> parse_dhcp_name_match(std::string_view argument) {
  return parse<rules::name_match, action>(argument, DhcpNameMatch{});
}

std::size_t problems_in_dhcp_matching() {
  return problems_of<rules::dhcp_mac>() + problems_of<rules::vendor_class>() + problems_of<rules::user_class>() +
         problems_of<rules::relay_agent>() + problems_of<rules::name_match>();
}

}  // namespace swapmasq::grammar
