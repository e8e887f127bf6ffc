#include "dns_message.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <sstream>

#include "hex_dump.hpp"
#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::compat {

namespace {

constexpr std::uint16_t class_in = 1;
constexpr std::uint16_t type_opt = 41;

struct TypeName {
  std::string_view name;
  std::uint16_t number;
};

constexpr std::array<TypeName, 17> type_table{{{"A", 1},
                                               {"NS", 2},
                                               {"CNAME", 5},
                                               {"SOA", 6},
                                               {"PTR", 12},
                                               {"HINFO", 13},
                                               {"MX", 15},
                                               {"TXT", 16},
                                               {"AAAA", 28},
                                               {"SRV", 33},
                                               {"NAPTR", 35},
                                               {"OPT", 41},
                                               {"DS", 43},
                                               {"RRSIG", 46},
                                               {"DNSKEY", 48},
                                               {"AXFR", 252},
                                               {"ANY", 255}}};

std::string type_text(std::uint16_t number) {
  for (const TypeName& entry : type_table) {
    if (entry.number == number) return std::string{entry.name};
  }
  return fmt::format("TYPE{}", number);
}

std::string class_text(std::uint16_t number) {
  if (number == class_in) return "IN";
  if (number == 3) return "CH";
  return fmt::format("CLASS{}", number);
}

std::string rcode_text(unsigned rcode) {
  constexpr std::array<std::string_view, 6> names{"NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"};
  return rcode < names.size() ? std::string{names.at(rcode)} : fmt::format("RCODE{}", rcode);
}

void put_name(wire::Writer& out, std::string_view name) {
  while (!name.empty() && name != ".") {
    const std::size_t dot = std::min(name.find('.'), name.size());
    out.u8(static_cast<std::uint8_t>(dot));
    out.bytes(to_bytes(name.substr(0, dot)));
    name.remove_prefix(std::min(dot + 1, name.size()));
  }
  out.u8(0);
}

// Follows compression pointers (RFC 1035 section 4.1.4) for at most as many jumps as a name can have labels.
std::optional<std::string> read_name(wire::Reader& in, ByteView message) {
  std::string name;
  wire::Reader at = in;
  bool jumped = false;
  for (int steps = 0; steps < 128; ++steps) {
    const auto length = at.u8();
    if (!length) return std::nullopt;
    if (*length >= 0xc0) {
      const auto low = at.u8();
      if (!low) return std::nullopt;
      if (!jumped) in = at;
      jumped = true;
      at = wire::Reader{message};
      if (!at.seek((std::size_t{*length & 0x3fU} << 8) | *low)) return std::nullopt;
    } else if (*length == 0) {
      if (!jumped) in = at;
      return name.empty() ? "." : name;
    } else {
      const auto label = at.bytes(*length);
      if (!label) return std::nullopt;
      name += (name.empty() ? "" : ".") + to_text(*label);
    }
  }
  return std::nullopt;
}

std::string data_text(std::uint16_t type, ByteView data, wire::Reader at, ByteView message) {
  wire::Reader in{data};
  if (type == 1 && data.size() == 4) return in.ipv4()->to_string();
  if (type == 28 && data.size() == 16) return in.ipv6()->to_string();
  if (type == 2 || type == 5 || type == 12) return read_name(at, message).value_or("?");
  if (type == 15) {
    const auto preference = at.u16();
    return fmt::format("{} {}", preference.value_or(0), read_name(at, message).value_or("?"));
  }
  if (type == 16) {
    std::string text;
    while (const auto length = in.u8()) {
      const auto part = in.bytes(*length);
      if (!part) break;
      text += fmt::format("{}\"{}\"", text.empty() ? "" : " ", printable(*part));
    }
    return text;
  }
  return to_hex(data);
}

// One section; records the position of every TTL. False when the section is malformed.
bool describe_section(wire::Reader& in, ByteView message, const char* section, unsigned count, DnsMasks masks,
                      std::string& text, std::vector<std::size_t>& ttl_positions) {
  std::vector<std::string> lines;
  for (unsigned i = 0; i < count; ++i) {
    const auto name = read_name(in, message);
    const auto type = in.u16();
    const auto klass = in.u16();
    const std::size_t ttl_position = in.position();
    const auto ttl = in.u32();
    const auto length = in.u16();
    if (!name || !length) return false;
    const wire::Reader data_start = in;
    const auto data = in.bytes(*length);
    if (!data) return false;
    if (*type == type_opt) {
      lines.push_back(fmt::format("    {} OPT size {} rcode {} version {} flags {:04x} {}\n", section, *klass,
                                  *ttl >> 24, (*ttl >> 16) & 0xff, *ttl & 0xffff, to_hex(*data)));
    } else {
      ttl_positions.push_back(ttl_position);
      lines.push_back(fmt::format("    {} {} {} {} {} {}\n", section, *name, masks.ttl ? "<TTL>" : std::to_string(*ttl),
                                  class_text(*klass), type_text(*type), data_text(*type, *data, data_start, message)));
    }
  }
  if (masks.order) std::sort(lines.begin(), lines.end());
  for (const std::string& line : lines) text += line;
  return true;
}

std::string flags_text(std::uint16_t flags) {
  constexpr std::array<std::pair<unsigned, std::string_view>, 7> names{
      {{0x8000, "qr"}, {0x0400, "aa"}, {0x0200, "tc"}, {0x0100, "rd"}, {0x0080, "ra"}, {0x0020, "ad"}, {0x0010, "cd"}}};
  std::string text = fmt::format("opcode {} {}", (flags >> 11) & 0xfU, rcode_text(flags & 0xfU));
  for (const auto& [bit, name] : names) {
    if ((flags & bit) != 0) text += fmt::format(" {}", name);
  }
  return text;
}

void put_record(wire::Writer& out, const DnsRecord& record) {
  put_name(out, record.name);
  out.u16(record.type);
  out.u16(class_in);
  out.u32(record.ttl);
  out.u16(static_cast<std::uint16_t>(record.data.size()));
  out.bytes(record.data);
}

}  // namespace

std::uint16_t dns_type(const std::string& name) {
  for (const TypeName& entry : type_table) {
    if (entry.name == name) return entry.number;
  }
  std::uint16_t number = 0;
  const std::string_view digits = std::string_view{name}.substr(std::min<std::size_t>(name.size(), 4));
  if (name.starts_with("TYPE") &&
      std::from_chars(digits.data(), digits.data() + digits.size(), number).ec == std::errc{}) {
    return number;
  }
  throw std::runtime_error("unknown record type " + name);
}

Bytes build_dns_query(const Step& step) {
  if (const auto raw = step.argument("raw")) return parse_hex(*raw);
  wire::Writer out;
  unsigned flags = step.number_or("opcode", 0) << 11;
  if (!step.has_word("norec")) flags |= 0x0100;
  if (step.has_word("ad")) flags |= 0x0020;
  if (step.has_word("cd")) flags |= 0x0010;
  const auto edns = step.argument("edns");
  out.u16(static_cast<std::uint16_t>(step.number_or("id", 0x1234)));
  out.u16(static_cast<std::uint16_t>(flags));
  out.u16(static_cast<std::uint16_t>(step.number_or("questions", 1)));
  out.u32(0);
  out.u16(edns ? 1 : 0);
  put_name(out, step.word(0));
  out.u16(dns_type(step.word(1)));
  out.u16(static_cast<std::uint16_t>(step.number_or("class", class_in)));
  if (edns) {
    const Bytes options = parse_hex(step.argument_or("edns-options", ""));
    out.u8(0);
    out.u16(type_opt);
    out.u16(static_cast<std::uint16_t>(step.number_or("edns", 0)));
    out.u32(step.has_word("do") ? 0x8000 : 0);
    out.u16(static_cast<std::uint16_t>(options.size()));
    out.bytes(options);
  }
  return out.take();
}

std::string describe_dns(ByteView message, DnsMasks masks) {
  std::string text;
  wire::Reader in{message};
  const auto id = in.u16();
  const auto flags = in.u16();
  std::array<unsigned, 4> counts{};
  for (unsigned& count : counts) count = in.u16().value_or(0);
  if (flags) text += fmt::format("    id {} {}\n", masks.id ? "<ID>" : fmt::format("{:04x}", *id), flags_text(*flags));
  bool well_formed = flags.has_value();
  for (unsigned i = 0; i < counts[0] && well_formed; ++i) {
    const auto name = read_name(in, message);
    const auto type = in.u16();
    const auto klass = in.u16();
    well_formed = name && klass;
    if (well_formed) text += fmt::format("    question {} {} {}\n", *name, class_text(*klass), type_text(*type));
  }
  std::vector<std::size_t> ttl_positions;
  constexpr std::array<const char*, 3> sections{"answer", "authority", "additional"};
  for (std::size_t i = 0; i < sections.size() && well_formed; ++i) {
    well_formed = describe_section(in, message, sections.at(i), counts.at(i + 1), masks, text, ttl_positions);
  }
  if (!well_formed) text += "    malformed\n";
  if (in.left() != 0) text += fmt::format("    {} octets left over\n", in.left());
  if (masks.order) return text;

  wire::Writer copy;
  copy.bytes(message);
  if (masks.id) copy.put_u16_at(0, 0);
  for (const std::size_t position : ttl_positions) {
    for (std::size_t i = 0; masks.ttl && i < 4; ++i) copy.put_u8_at(position + i, 0);
  }
  return text + hex_dump(copy.view(), "    ");
}

Result<DnsQuestion> read_question(ByteView query) {
  wire::Reader in{query};
  DnsQuestion question;
  const auto id = in.u16();
  const auto flags = in.u16();
  const auto questions = in.u16();
  in.skip(4);
  const auto additional = in.u16();
  if (!additional || questions != 1) return tl::make_unexpected(std::string{"no single question"});
  const std::size_t start = in.position();
  const auto name = read_name(in, query);
  const auto type = in.u16();
  if (!name || !in.skip(2)) return tl::make_unexpected(std::string{"malformed question"});
  question.id = *id;
  question.recursion_desired = (*flags & 0x0100) != 0;
  question.edns = *additional > 0;
  question.name = *name;
  question.type = *type;
  const ByteView octets = query.subspan(start, in.position() - start);
  question.octets.assign(octets.begin(), octets.end());
  return question;
}

DnsRecord make_record(const std::string& name, const std::string& type, const std::string& data, std::uint32_t ttl) {
  wire::Writer out;
  std::istringstream words{data};
  if (type == "A") {
    out.ipv4(Ipv4::parse(data).value_or(Ipv4{}));
  } else if (type == "AAAA") {
    out.ipv6(Ipv6::parse(data).value_or(Ipv6{}));
  } else if (type == "CNAME" || type == "NS" || type == "PTR") {
    put_name(out, data);
  } else if (type == "MX") {
    std::uint16_t preference = 0;
    std::string host;
    words >> preference >> host;
    out.u16(preference);
    put_name(out, host);
  } else if (type == "TXT") {
    out.u8(static_cast<std::uint8_t>(data.size()));
    out.bytes(to_bytes(data));
  } else if (type == "SOA") {
    std::string primary;
    std::string mailbox;
    words >> primary >> mailbox;
    put_name(out, primary);
    put_name(out, mailbox);
    for (std::uint32_t number = 0; words >> number;) out.u32(number);
  } else {
    out.bytes(parse_hex(data));
  }
  return {name, dns_type(type), ttl, out.take(), data};
}

Bytes build_dns_answer(const DnsQuestion& question, std::uint16_t rcode, bool truncated,
                       const std::vector<DnsRecord>& answers, const std::vector<DnsRecord>& authorities) {
  wire::Writer out;
  unsigned flags = 0x8080U | rcode;
  if (question.recursion_desired) flags |= 0x0100;
  if (truncated) flags |= 0x0200;
  out.u16(question.id);
  out.u16(static_cast<std::uint16_t>(flags));
  out.u16(1);
  out.u16(static_cast<std::uint16_t>(answers.size()));
  out.u16(static_cast<std::uint16_t>(authorities.size()));
  out.u16(question.edns ? 1 : 0);
  out.bytes(question.octets);
  for (const DnsRecord& record : answers) put_record(out, record);
  for (const DnsRecord& record : authorities) put_record(out, record);
  if (question.edns) {
    out.u8(0);
    out.u16(type_opt);
    out.u16(1232);
    out.u32(0);
    out.u16(0);
  }
  return out.take();
}

}  // namespace swapmasq::compat
