#include "dhcp_message.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>
#include <string_view>

#include "hex_dump.hpp"
#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::compat {

namespace {

constexpr std::uint32_t cookie = 0x63825363;
constexpr std::size_t chaddr_width = 16;
constexpr std::size_t sname_width = 64;
constexpr std::size_t file_width = 128;

const std::array<std::string_view, 14>& type_names() {
  static const std::array<std::string_view, 14> names{
      "",        "discover", "offer",      "request",    "decline",         "ack",          "nak",
      "release", "inform",   "forcerenew", "leasequery", "leaseunassigned", "leaseunknown", "leaseactive"};
  return names;
}

enum class Kind { address, text, hex, u8, u16, u32, numbers };

struct NamedOption {
  std::string_view name;
  std::uint8_t code;
  Kind kind;
};

const std::array<NamedOption, 14>& named_options() {
  static const std::array<NamedOption, 14> options{{{"requested", 50, Kind::address},
                                                    {"server-id", 54, Kind::address},
                                                    {"lease", 51, Kind::u32},
                                                    {"hostname", 12, Kind::text},
                                                    {"params", 55, Kind::numbers},
                                                    {"message", 56, Kind::text},
                                                    {"max-size", 57, Kind::u16},
                                                    {"vendor-class", 60, Kind::text},
                                                    {"client-id", 61, Kind::hex},
                                                    {"user-class", 77, Kind::text},
                                                    {"arch", 93, Kind::u16},
                                                    {"interface-id", 94, Kind::hex},
                                                    {"uuid", 97, Kind::hex},
                                                    {"overload", 52, Kind::u8}}};
  return options;
}

Ipv4 address(const Step& step, std::string_view text) {
  const auto result = Ipv4::parse(text);
  if (!result) throw ScriptError(step.line, "not an IPv4 address: " + std::string{text});
  return *result;
}

Bytes option_value(const Step& step, Kind kind, const std::string& text) {
  wire::Writer value;
  switch (kind) {
    case Kind::address:
      value.ipv4(address(step, text));
      break;
    case Kind::text:
      value.bytes(to_bytes(text));
      break;
    case Kind::hex:
      value.bytes(parse_hex(text));
      break;
    case Kind::u8:
      value.u8(static_cast<std::uint8_t>(parse_number(step.line, text)));
      break;
    case Kind::u16:
      value.u16(static_cast<std::uint16_t>(parse_number(step.line, text)));
      break;
    case Kind::u32:
      value.u32(parse_number(step.line, text));
      break;
    case Kind::numbers:
      for (std::size_t at = 0; at < text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        value.u8(static_cast<std::uint8_t>(parse_number(step.line, std::string_view{text}.substr(at, comma - at))));
        at = comma + 1;
      }
      break;
  }
  return value.take();
}

void put_option(wire::Writer& out, std::uint8_t code, const Bytes& value) {
  out.u8(code);
  out.u8(static_cast<std::uint8_t>(value.size()));
  out.bytes(value);
}

// `optN=hex` and `optN-text=...`, or a name from the table; arguments that are no options are left alone.
void put_argument(wire::Writer& out, const Step& step, const std::string& name, const std::string& text) {
  for (const NamedOption& option : named_options()) {
    if (option.name == name) put_option(out, option.code, option_value(step, option.kind, text));
  }
  if (!name.starts_with("opt") || name.size() < 4) return;
  unsigned code = 0;
  const auto [end, error] = std::from_chars(name.data() + 3, name.data() + name.size(), code);
  if (error != std::errc{}) return;
  const bool as_text = std::string_view{end, name.data() + name.size()} == "-text";
  put_option(out, static_cast<std::uint8_t>(code), as_text ? to_bytes(text) : parse_hex(text));
}

std::uint8_t message_type(const Step& step) {
  for (std::size_t type = 1; type < type_names().size(); ++type) {
    if (step.word(0) == type_names()[type]) return static_cast<std::uint8_t>(type);
  }
  if (step.word(0) == "bootp") return 0;
  throw ScriptError(step.line, "unknown message type " + step.word(0));
}

void put_options(wire::Writer& out, const Step& step) {
  if (const auto raw = step.argument("cookie")) {
    out.bytes(parse_hex(*raw));
  } else {
    out.u32(cookie);
  }
  if (const std::uint8_t type = message_type(step); type != 0) put_option(out, 53, {type});
  for (const auto& [name, text] : step.arguments) put_argument(out, step, name, text);
  if (const auto tail = step.argument("tail")) out.bytes(parse_hex(*tail));
  if (!step.has_word("no-end")) out.u8(255);
}

void describe_options(wire::Reader options, const std::set<int>& masked, std::string& text) {
  while (const auto code = options.u8()) {
    if (*code == 0) continue;
    if (*code == 255) break;
    const auto length = options.u8();
    const auto value = length ? options.bytes(*length) : std::nullopt;
    if (!value) {
      text += fmt::format("    option {} runs past the end\n", *code);
      return;
    }
    text += fmt::format("    option {} {}\n", *code, masked.contains(*code) ? "<MASKED>" : to_hex(*value));
  }
}

Bytes with_masks(ByteView message, const std::set<int>& masked) {
  wire::Writer copy;
  copy.bytes(message);
  wire::Reader options{message};
  if (!options.skip(240)) return copy.take();
  while (const auto code = options.u8()) {
    if (*code == 0) continue;
    if (*code == 255) break;
    const auto length = options.u8();
    const std::size_t start = options.position();
    if (!length || !options.skip(*length)) break;
    for (std::size_t i = 0; masked.contains(*code) && i < *length; ++i) copy.put_u8_at(start + i, 0);
  }
  return copy.take();
}

}  // namespace

Bytes build_dhcp(const Step& step) {
  if (const auto raw = step.argument("raw")) return parse_hex(*raw);
  const Bytes mac = parse_hex(step.argument_or("mac", "02:00:00:00:00:01"));
  wire::Writer out;
  out.u8(static_cast<std::uint8_t>(step.number_or("op", 1)));
  out.u8(static_cast<std::uint8_t>(step.number_or("htype", 1)));
  out.u8(static_cast<std::uint8_t>(step.number_or("hlen", static_cast<std::uint32_t>(mac.size()))));
  out.u8(static_cast<std::uint8_t>(step.number_or("hops", 0)));
  out.u32(step.number_or("xid", 0x11223344));
  out.u16(static_cast<std::uint16_t>(step.number_or("secs", 0)));
  out.u16(static_cast<std::uint16_t>(step.has_word("broadcast") ? 0x8000 : step.number_or("flags", 0)));
  for (const char* field : {"ciaddr", "yiaddr", "siaddr", "giaddr"}) {
    out.ipv4(address(step, step.argument_or(field, "0.0.0.0")));
  }
  out.padded(mac, chaddr_width);
  out.padded(to_bytes(step.argument_or("sname", "")), sname_width);
  out.padded(to_bytes(step.argument_or("file", "")), file_width);
  if (!step.has_word("no-options")) put_options(out, step);
  if (const std::uint32_t cut = step.number_or("cut", 0); cut != 0 && cut < out.size()) out.roll_back(cut);
  if (const std::uint32_t size = step.number_or("pad", 0); size > out.size()) out.fill(size - out.size());
  return out.take();
}

std::string describe_dhcp(ByteView message, const std::set<int>& masked) {
  std::string text;
  wire::Reader in{message};
  const auto op = in.u8();
  const auto htype = in.u8();
  const auto hlen = in.u8();
  const auto hops = in.u8();
  const auto xid = in.u32();
  const auto secs = in.u16();
  const auto flags = in.u16();
  if (flags)
    text += fmt::format("    op {} htype {} hlen {} hops {}\n    xid {:08x} secs {} flags {:04x}\n", *op, *htype, *hlen,
                        *hops, *xid, *secs, *flags);
  for (const char* field : {"ciaddr", "yiaddr", "siaddr", "giaddr"}) {
    if (const auto value = in.ipv4()) text += fmt::format("    {} {}\n", field, value->to_string());
  }
  if (const auto value = in.bytes(chaddr_width)) text += fmt::format("    chaddr {}\n", to_hex(*value));
  if (const auto value = in.bytes(sname_width)) text += fmt::format("    sname \"{}\"\n", printable(*value));
  if (const auto value = in.bytes(file_width)) text += fmt::format("    file \"{}\"\n", printable(*value));
  if (const auto value = in.u32()) text += fmt::format("    cookie {:08x}\n", *value);
  describe_options(in, masked, text);
  return text + hex_dump(with_masks(message, masked), "    ");
}

}  // namespace swapmasq::compat
