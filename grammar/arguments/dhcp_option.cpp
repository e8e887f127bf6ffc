#include "grammar/arguments/dhcp_option.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/dhcp_value.hpp"
#include "grammar/arguments/rules.hpp"
#include "wire/dhcp_option_table.hpp"

namespace swapmasq::grammar {
namespace {

// A line before its value is understood.
struct Line {
  bool match = false;  // dhcp-match: names of internal options are known, and vi-encap stands for the option
  std::vector<std::string> tags;
  bool dhcp6 = false;
  std::uint32_t code = 0;
  std::optional<std::string> vendor_class;
  std::optional<std::uint32_t> encapsulating;
  std::optional<std::uint32_t> enterprise;
  std::optional<std::string_view> value;
  const wire::DhcpOptionInfo* declared = nullptr;
};

}  // namespace

namespace rules {
namespace {

struct option_prefix : string<'o', 'p', 't', 'i', 'o', 'n', ':'> {};
struct option6_prefix : string<'o', 'p', 't', 'i', 'o', 'n', '6', ':'> {};
struct number : seq<star<digit>, end_of_field> {};
struct number6 : seq<star<digit>, end_of_field> {};
struct name : field {};
struct name6 : field {};
struct option : sor<number, seq<option_prefix, name>, seq<option6_prefix, sor<number6, name6>>> {};

struct vendor_class : field {};
struct vendor : seq<string<'v', 'e', 'n', 'd', 'o', 'r', ':'>, vendor_class> {};
struct outer_option : field {};
struct encap : seq<string<'e', 'n', 'c', 'a', 'p', ':'>, outer_option> {};
struct enterprise : field {};
struct vi_encap : seq<string<'v', 'i', '-', 'e', 'n', 'c', 'a', 'p', ':'>, enterprise> {};
struct tag_prefix : sor<string<'t', 'a', 'g', ':'>, string<'s', 'e', 't', ':'>, string<'n', 'e', 't', ':'>> {};
struct tag_name : field {};
struct tag : seq<opt<tag_prefix>, tag_name> {};

struct value : rest {};
struct optional_value : sor<seq<comma, value>, eof> {};

struct qualifier : sor<vendor, encap, vi_encap, seq<not_at<sor<option_prefix, option6_prefix>>, tag>> {};
struct dhcp_option : seq<star<not_at<number>, qualifier, comma>, option, optional_value> {};

// Here encapsulation is no qualifier: the enterprise is what is matched.
struct inappropriate_vendor : not_at<string<'v', 'e', 'n', 'd', 'o', 'r', ':'>> {};
struct inappropriate_encap : not_at<string<'e', 'n', 'c', 'a', 'p', ':'>> {};
struct match_tag : seq<inappropriate_vendor, inappropriate_encap,
                       not_at<sor<number, option_prefix, option6_prefix, vi_encap>>, tag> {};
struct dhcp_match : seq<star<match_tag, comma>, sor<vi_encap, option>, optional_value> {};

}  // namespace
}  // namespace rules

namespace {

std::vector<std::string_view> names_in(std::span<const wire::DhcpOptionInfo> options) {
  std::vector<std::string_view> names;
  for (const auto& option : options) {
    if (!option.internal()) names.push_back(option.name);
  }
  return names;
}
std::vector<std::string_view> names4() { return names_in(wire::dhcp4_options()); }
std::vector<std::string_view> names6() { return names_in(wire::dhcp6_options()); }

}  // namespace

template <>
inline constexpr const char* expected<rules::number> = "the number of a DHCP option";
template <>
inline constexpr const char* expected<rules::name> = "the name of a DHCP option (see --help dhcp)";
template <>
inline constexpr const char* expected<rules::name6> = "the name of a DHCPv6 option (see --help dhcp6)";
template <>
inline constexpr Choices choices<rules::name> = names4;
template <>
inline constexpr Choices choices<rules::name6> = names6;

template <>
inline constexpr const char* message<rules::name> = "bad dhcp-option";
template <>
inline constexpr const char* message<rules::name6> = "bad dhcp-option";
template <>
inline constexpr const char* message<rules::vendor_class> = "inappropriate vendor:";
template <>
inline constexpr const char* message<rules::outer_option> = "inappropriate encap:";
template <>
inline constexpr const char* message<rules::inappropriate_vendor> = "inappropriate vendor:";
template <>
inline constexpr const char* message<rules::inappropriate_encap> = "inappropriate encap:";

namespace {

bool declare(Line& line, const wire::DhcpOptionInfo* row) {
  if (row == nullptr || (row->internal() && !line.match)) return false;
  line.declared = row;
  line.code = row->number;
  return true;
}

template <typename Rule>
struct action {};
template <>
struct action<rules::number> {
  template <typename Input>
  static void apply(const Input& in, Line& line) {
    line.code = static_cast<std::uint32_t>(lenient_number(in.string_view()));
    // Inside an encapsulation numbers have a meaning of their own.
    if (!line.vendor_class && !line.encapsulating && !line.enterprise) line.declared = wire::dhcp4_option(line.code);
  }
};
template <>
struct action<rules::number6> {
  template <typename Input>
  static void apply(const Input& in, Line& line) {
    line.dhcp6 = true;
    line.code = static_cast<std::uint32_t>(lenient_number(in.string_view()));
    if (!line.vendor_class && !line.encapsulating && !line.enterprise) line.declared = wire::dhcp6_option(line.code);
  }
};
template <>
struct action<rules::name> {
  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    return declare(line, wire::dhcp4_option(in.string_view()));
  }
};
template <>
struct action<rules::name6> {
  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    line.dhcp6 = true;
    return declare(line, wire::dhcp6_option(in.string_view()));
  }
};
template <>
struct action<rules::vendor_class> {
  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    line.vendor_class = unquote(in.string_view());
    return !line.encapsulating;
  }
};
template <>
struct action<rules::outer_option> {
  template <typename Input>
  static bool apply(const Input& in, Line& line) {
    line.encapsulating = static_cast<std::uint32_t>(lenient_number(in.string_view()));
    return !line.vendor_class;
  }
};
template <>
struct action<rules::enterprise> {
  template <typename Input>
  static void apply(const Input& in, Line& line) {
    line.enterprise = static_cast<std::uint32_t>(lenient_number(in.string_view()));
  }
};
template <>
struct action<rules::tag_name> {
  template <typename Input>
  static void apply(const Input& in, Line& line) {
    line.tags.emplace_back(in.string_view());
  }
};
template <>
struct action<rules::value> {
  template <typename Input>
  static void apply(const Input& in, Line& line) {
    line.value = in.string_view();
  }
};

std::size_t longest_value(const Line& line) {
  if (line.enterprise) return 250;
  return line.vendor_class || line.encapsulating ? 253 : 255;
}

// Nothing when the line has no value.
Result<std::optional<DhcpValue>> value_of(const Line& line) {
  if (!line.value) return std::nullopt;
  auto value = parse_dhcp_value(*line.value, {line.dhcp6, line.code, line.declared, line.match});
  if (!value) {
    blame(*line.value, nullptr);
    return tl::unexpected(value.error());
  }
  if (!line.dhcp6 && value->octets.size() > longest_value(line)) return refused("dhcp-option too long");
  return *std::move(value);
}

settings::DhcpOption::Encoding encoding(DhcpValue::Form form) {
  using Encoding = settings::DhcpOption::Encoding;
  if (form == DhcpValue::Form::addresses) return Encoding::addresses;
  return form == DhcpValue::Form::text ? Encoding::text : Encoding::bytes;
}

Result<settings::DhcpOption> parse_option(std::string_view argument) {
  auto line = parse<rules::dhcp_option, action>(argument, Line{}, "bad dhcp-option");
  if (!line) return tl::unexpected(line.error());
  if (line->dhcp6 && (line->vendor_class || line->encapsulating))
    return refused("unsupported encapsulation for IPv6 option");
  const auto value = value_of(*line);
  if (!value) return tl::unexpected(value.error());
  settings::DhcpOption option;
  option.code = line->code;
  option.dhcp6 = line->dhcp6;
  if (line->enterprise) {
    option.scope = settings::DhcpOption::Scope::vendor_identifying;
    option.encapsulating = *line->enterprise;
  } else if (line->encapsulating) {
    option.scope = settings::DhcpOption::Scope::encapsulated;
    option.encapsulating = *line->encapsulating;
  } else if (line->vendor_class) {
    option.scope = settings::DhcpOption::Scope::vendor;
  }
  option.vendor_class = line->vendor_class.value_or("");
  for (const auto& tag : line->tags) option.filters.push_back(tag_test(tag));
  if (*value) {
    option.encoding = encoding((*value)->form);
    for (const auto& octet : (*value)->octets) option.data.push_back(octet.value_or(0));
  }
  return option;
}

settings::DhcpMatch::Comparison comparison(DhcpValue::Form form) {
  using Comparison = settings::DhcpMatch::Comparison;
  if (form == DhcpValue::Form::hex) return Comparison::prefix;
  return form == DhcpValue::Form::text ? Comparison::substring : Comparison::elements;
}

}  // namespace

Result<settings::DhcpOption> parse_dhcp_option(std::string_view argument) { return parse_option(argument); }

Result<settings::DhcpOption> parse_dhcp_option_force(std::string_view argument) {
  auto option = parse_option(argument);
  if (option) option->forced = true;
  return option;
}

Result<settings::DhcpOption> parse_dhcp_option_pxe(std::string_view argument) {
  auto option = parse_option(argument);
  if (option && option->scope == settings::DhcpOption::Scope::vendor)
    return refused("No vendor-encap options allowed in dhcp-option-pxe");
  if (option) option->pxe_only = true;
  return option;
}

Result<settings::DhcpMatch> parse_dhcp_match(std::string_view argument) {
  Line start;
  start.match = true;
  auto line = parse<rules::dhcp_match, action>(argument, std::move(start), "bad dhcp-option");
  if (!line) return tl::unexpected(line.error());
  const auto value = value_of(*line);
  if (!value) return tl::unexpected(value.error());
  if (line->tags.size() != 1) return refused("illegal dhcp-match");
  settings::DhcpMatch match;
  match.set_tag = unquote(line->tags.front());
  match.code = line->code;
  match.dhcp6 = line->dhcp6;
  if (line->enterprise) {
    match.scope = settings::DhcpOption::Scope::vendor_identifying;
    match.enterprise = *line->enterprise;
  }
  if (*value) {
    match.comparison = comparison((*value)->form);
    match.value = (*value)->octets;
  }
  return match;
}

std::size_t problems_in_dhcp_option() { return problems_of<rules::dhcp_option>() + problems_of<rules::dhcp_match>(); }

}  // namespace swapmasq::grammar
