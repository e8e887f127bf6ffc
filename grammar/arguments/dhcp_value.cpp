#include "grammar/arguments/dhcp_value.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/dhcp_names.hpp"
#include "grammar/arguments/rules.hpp"
#include "grammar/arguments/split.hpp"
#include "wire/writer.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

struct digit_ahead : at<until<digit>> {};

// The shapes a value can have, tried in this order unless its type is declared.
struct hex_octets : colon_hex {};
struct hex_pattern : seq<star<sor<xdigit, one<'*'>>>, one<':'>, star<sor<xdigit, one<':', '*'>>>, eof> {};
struct integer : seq<digit_ahead, plus<sor<digit, one<'-'>>>, opt<one<'b', 's', 'i'>>, eof> {};
struct width_letter_only : seq<star<one<'-'>>, one<'b', 's', 'i'>, eof> {};
struct time : digit_ahead {};
struct addresses4 : seq<digit_ahead, not_at<one<'/'>>, plus<sor<digit, one<'.', ',', ' ', '/'>>>, eof> {};
struct declared_addresses4 : seq<at<until<one<'.'>>>, addresses4> {};
struct addresses6 : seq<at<until<one<':'>>>, plus<sor<xdigit, one<':', '.', ',', '[', ']', ' '>>>, eof> {};
// What takes a "*" for an octet takes one for a part of an address, too, and then refuses it.
struct addresses6_pattern : seq<at<until<one<':'>>>, plus<sor<xdigit, one<':', '.', ',', '[', ']', ' ', '*'>>>, eof> {};

struct every_shape : sor<hex_octets, hex_pattern, declared_addresses4, addresses4, integer, width_letter_only,
                         addresses6, addresses6_pattern, time> {};

}  // namespace
}  // namespace rules

namespace {

using Form = DhcpValue::Form;
using Type = wire::DhcpOptionInfo::Type;

constexpr std::uint32_t domain_search = 119;  // RFC 3397
constexpr std::uint32_t sip_server = 120;     // RFC 3361
constexpr std::uint32_t ntp_server6 = 56;     // RFC 5908

template <typename Rule>
bool has_shape(std::string_view text) {
  tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy> input(text.data(), text.data() + text.size(), "");
  return tao::pegtl::parse<Rule>(input);
}

DhcpValue value(Form form, const Bytes& octets) { return {form, {octets.begin(), octets.end()}}; }

Result<DhcpValue> hex_value(std::string_view text) {
  const auto pattern = hex_octets(text);
  if (!pattern) return refused("bad dhcp-option");
  DhcpValue result{Form::hex, *pattern};
  // As many octets as the colons announce, the missing ones zero.
  result.octets.resize(static_cast<std::size_t>(std::ranges::count(text, ':')) + 1, 0);
  return result;
}

DhcpValue integer_octets(std::uint32_t number, unsigned width) {
  wire::Writer out;
  if (width == 1)
    out.u8(static_cast<std::uint8_t>(number));
  else if (width == 2)
    out.u16(static_cast<std::uint16_t>(number));
  else
    out.u32(number);
  return value(Form::integer, out.take());
}

Result<DhcpValue> integer_value(std::string_view text, const DhcpValueContext& context) {
  const char suffix = text.back();
  const std::int32_t number = lenient_number(text);
  if (suffix == 'b') return integer_octets(static_cast<std::uint32_t>(number), 1);
  if (suffix == 's') return integer_octets(static_cast<std::uint32_t>(number), 2);
  if (suffix == 'i') return integer_octets(static_cast<std::uint32_t>(number), 4);
  const auto* declared = context.declared;
  if (declared != nullptr && declared->width() != 0)
    return integer_octets(static_cast<std::uint32_t>(number), declared->width());
  // The options that the server makes itself have no width to write a number in.
  if (!context.dhcp6 && declared != nullptr && declared->internal() && declared->type == Type::inferred)
    return refused("dhcp-option too long");
  const unsigned width = number < 0 || number > 0xffff ? 4 : number > 0xff ? 2 : 1;
  return integer_octets(static_cast<std::uint32_t>(number), width);
}

DhcpValue time_value(std::string_view text) {
  const auto unit = time_unit(text.back());
  const auto count = static_cast<std::uint32_t>(lenient_number(text));
  return integer_octets(count * unit.value_or(1), 4);
}

// A list of addresses, or of routes: "a.b.c.d/n" is n and the octets of the address that it covers (RFC 3442).
Result<DhcpValue> addresses4_value(std::string_view text, const DhcpValueContext& context) {
  wire::Writer out;
  Form form = Form::addresses;
  if (context.code == sip_server && context.declared != nullptr) {
    out.u8(1);
    form = Form::names;
  }
  for (const std::string_view item : split_at(text, ',')) {
    const auto [address_text, length_text] = cut_at(item, '/');
    const auto address = Ipv4::parse(address_text);
    if (!address) return refused("bad IPv4 address");
    if (!length_text) {
      out.ipv4(*address);
      continue;
    }
    form = Form::routes;
    const std::int32_t length = lenient_number(*length_text);
    const auto octets = address->octets();
    out.u8(static_cast<std::uint8_t>(length));
    const std::size_t covered = length <= 0 ? 0 : (static_cast<std::size_t>(length) + 7) / 8;
    out.bytes(ByteView{octets}.first(std::min(covered, octets.size())));
  }
  return value(form, out.take());
}

Result<DhcpValue> addresses6_value(std::string_view text, const DhcpValueContext& context) {
  constexpr std::uint16_t ntp_address = 1;  // RFC 5908 section 4.1
  const bool ntp = context.code == ntp_server6 && context.declared != nullptr;
  wire::Writer out;
  for (std::string_view item : split_at(text, ',')) {
    if (item.starts_with('[')) item.remove_prefix(1);
    if (item.ends_with(']')) item.remove_suffix(1);
    const auto address = Ipv6::parse(item);
    if (!address) return refused("bad IPv6 address");
    if (ntp) {
      out.u16(ntp_address);
      out.u16(static_cast<std::uint16_t>(address->octets.size()));
    }
    out.ipv6(*address);
  }
  return value(ntp ? Form::names : Form::addresses, out.take());
}

Result<std::vector<std::string>> names_of(std::string_view text) {
  std::vector<std::string> names;
  for (const std::string_view item : split_at(text, ',')) {
    if (item.empty()) continue;
    auto name = canonical_name(unquote(item));
    if (!name) return refused("bad domain in dhcp-option");
    names.push_back(*std::move(name));
  }
  return names;
}

Result<DhcpValue> names4_value(std::string_view text, bool sip) {
  const auto names = names_of(text);
  if (!names) return tl::unexpected(names.error());
  wire::Writer out;
  if (sip) out.u8(0);
  out.bytes(compressed_names(*names));
  return value(Form::names, out.take());
}

Result<DhcpValue> names6_value(std::string_view text, bool ntp) {
  constexpr std::uint16_t ntp_name = 3;  // RFC 5908 section 4.3
  const auto names = names_of(text);
  if (!names) return tl::unexpected(names.error());
  if (!ntp) return value(Form::names, uncompressed_names(*names));
  wire::Writer out;
  for (const auto& name : *names) {
    const Bytes encoded = uncompressed_names({name});
    out.u16(ntp_name);
    out.u16(static_cast<std::uint16_t>(encoded.size()));
    out.bytes(encoded);
  }
  return value(Form::names, out.take());
}

DhcpValue counted_strings_value(std::string_view text) {
  wire::Writer out;
  for (const std::string_view item : split_at(text, ',')) {
    const Bytes octets = to_bytes(unquote(item));
    out.u16(static_cast<std::uint16_t>(octets.size()));
    out.bytes(octets);
  }
  return value(Form::counted_strings, out.take());
}

Result<DhcpValue> text_value(std::string_view text, const DhcpValueContext& context) {
  const auto* declared = context.declared;
  if (declared != nullptr && !context.dhcp6 && context.code == domain_search) return names4_value(text, false);
  if (declared != nullptr && !context.dhcp6 && context.code == sip_server) return names4_value(text, true);
  if (declared != nullptr && context.dhcp6 && declared->type == Type::names) return names6_value(text, false);
  if (declared != nullptr && context.dhcp6 && context.code == ntp_server6) return names6_value(text, true);
  if (declared != nullptr && declared->type == Type::counted_strings) return counted_strings_value(text);
  if (has_shape<rules::width_letter_only>(text)) text.remove_suffix(1);  // as dnsmasq: "b" is empty
  return value(Form::text, to_bytes(unquote(text)));
}

bool is_always_text(const wire::DhcpOptionInfo* declared) {
  return declared != nullptr &&
         (declared->type == Type::text || declared->type == Type::names || declared->type == Type::counted_strings);
}

}  // namespace

Result<DhcpValue> parse_dhcp_value(std::string_view text, const DhcpValueContext& context) {
  const auto* declared = context.declared;
  const bool is_ntp6 = context.dhcp6 && context.code == ntp_server6;
  if (declared != nullptr && declared->type == Type::addresses && !is_ntp6) {
    if (context.dhcp6) {
      if (!has_shape<rules::addresses6>(text)) return refused("bad IPv6 address");
      return addresses6_value(text, context);
    }
    if (!has_shape<rules::declared_addresses4>(text)) return refused("bad IP address");
    return addresses4_value(text, context);
  }
  if (is_always_text(declared)) return text_value(text, context);
  if (declared != nullptr && declared->type == Type::time && has_shape<rules::time>(text)) return time_value(text);
  if (has_shape<rules::hex_octets>(text)) return hex_value(text);
  if (context.wildcards && has_shape<rules::hex_pattern>(text)) return hex_value(text);
  if (has_shape<rules::integer>(text)) return integer_value(text, context);
  if (!context.dhcp6 && has_shape<rules::addresses4>(text)) return addresses4_value(text, context);
  if (context.dhcp6 && has_shape<rules::addresses6>(text)) return addresses6_value(text, context);
  if (context.dhcp6 && context.wildcards && has_shape<rules::addresses6_pattern>(text))
    return addresses6_value(text, context);
  return text_value(text, context);
}

std::size_t problems_in_dhcp_value() { return problems_of<rules::every_shape>(); }

}  // namespace swapmasq::grammar
