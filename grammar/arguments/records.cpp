#include "grammar/arguments/records.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"
#include "grammar/arguments/split.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

// The preference is judged before the names.
struct mx_name : field {};
struct mx_target : field {};
struct mx_preference : rest {};
struct mx_host : seq<mx_name, opt<comma, mx_target, opt<comma, mx_preference>>, eof> {};

struct srv_name : field {};
struct srv_target : field {};
struct srv_port : field {};
struct srv_priority : field {};
struct srv_weight : rest {};
struct srv_host
    : seq<srv_name, opt<comma, srv_target, opt<comma, srv_port, opt<comma, srv_priority, opt<comma, srv_weight>>>>,
          eof> {};

struct ptr_name : field {};
struct ptr_target : rest {};
struct ptr_record : seq<ptr_name, opt<comma, ptr_target>, eof> {};

struct naptr_name : field {};
struct order : field {};
struct preference : field {};
struct flags : field {};
struct service : field {};
struct regexp : field {};
struct replacement : rest {};
struct naptr_record : seq<naptr_name, comma, order, comma, preference, comma, flags, comma, service, comma, regexp,
                          opt<comma, replacement>, eof> {};

struct caa_name : field {};
struct caa_flags : field {};
struct caa_tag : field {};
struct caa_value : rest {};
struct caa_record : seq<caa_name, comma, caa_flags, comma, caa_tag, comma, caa_value> {};

struct rr_name : field {};
struct rr_type : field {};
struct rr_data : rest {};
struct dns_rr : seq<rr_name, comma, rr_type, opt<comma, rr_data>, eof> {};

}  // namespace
}  // namespace rules

template <>
inline constexpr const char* message<rules::mx_preference> = "bad MX preference";
template <>
inline constexpr const char* message<rules::srv_name> = "bad SRV record";
template <>
inline constexpr const char* message<rules::srv_target> = "bad SRV target";
template <>
inline constexpr const char* message<rules::srv_port> = "invalid port number";
template <>
inline constexpr const char* message<rules::srv_priority> = "invalid priority";
template <>
inline constexpr const char* message<rules::srv_weight> = "invalid weight";

namespace {

using namespace settings;

template <typename Rule>
struct action {};
template <>
struct action<rules::mx_name> : store_text<&MxHost::name> {};
template <>
struct action<rules::mx_target> : store_text<&MxHost::target> {};
template <>
struct action<rules::mx_preference> : store_number<&MxHost::preference> {};

template <>
struct action<rules::srv_name> : store_name<&SrvHost::name> {};
template <>
struct action<rules::srv_target> : store_name<&SrvHost::target> {};
template <>
struct action<rules::srv_port> : store_number<&SrvHost::port> {};
template <>
struct action<rules::srv_priority> : store_number<&SrvHost::priority> {};
template <>
struct action<rules::srv_weight> : store_number<&SrvHost::weight> {};

template <>
struct action<rules::ptr_name> : store_name<&PtrRecord::name> {};
template <>
struct action<rules::ptr_target> : store_name<&PtrRecord::target> {};

template <>
struct action<rules::naptr_name> : store_name<&NaptrRecord::name> {};
template <>
struct action<rules::order> : store_number<&NaptrRecord::order> {};
template <>
struct action<rules::preference> : store_number<&NaptrRecord::preference> {};
template <>
struct action<rules::flags> : store_text<&NaptrRecord::flags> {};
template <>
struct action<rules::service> : store_text<&NaptrRecord::service> {};
template <>
struct action<rules::regexp> : store_text<&NaptrRecord::regexp> {};
template <>
struct action<rules::replacement> : store_name<&NaptrRecord::replacement> {};

template <>
struct action<rules::caa_name> : store_name<&CaaRecord::name> {};
template <>
struct action<rules::caa_flags> {
  static constexpr const char* expected = "a number";

  // Kept modulo 256.
  template <typename Input>
  static bool apply(const Input& in, CaaRecord& record) {
    const auto flags = number(in.string_view());
    if (flags) record.flags = static_cast<std::uint8_t>(*flags);
    return flags.has_value();
  }
};
template <>
struct action<rules::caa_tag> : store_text<&CaaRecord::tag> {};
template <>
struct action<rules::caa_value> : store_text<&CaaRecord::value> {};

template <>
struct action<rules::rr_name> : store_name<&DnsRecord::name> {};
template <>
struct action<rules::rr_type> {
  static constexpr const char* expected = "the number of a record type";

  // Kept modulo 65536.
  template <typename Input>
  static bool apply(const Input& in, DnsRecord& record) {
    const auto type = number(in.string_view());
    if (type) record.type = static_cast<std::uint16_t>(*type);
    return type.has_value();
  }
};
template <>
struct action<rules::rr_data> {
  static constexpr const char* expected = "hex octets, separated by colons";

  template <typename Input>
  static bool apply(const Input& in, DnsRecord& record) {
    auto data = hex_string(in.string_view());
    if (!data) return false;
    record.data = *std::move(data);
    return true;
  }
};

// One character string of a TXT record holds 255 octets (RFC 1035 section 3.3); longer texts go into several.
void append_strings(const std::string& text, std::vector<std::string>& strings) {
  constexpr std::size_t longest = 255;
  std::size_t position = 0;
  do {
    strings.push_back(text.substr(position, longest));
    position += longest;
  } while (position < text.size());
}

}  // namespace

Result<Cname> parse_cname(std::string_view argument) {
  std::vector<std::string_view> fields = split_at(argument, ',');
  if (fields.size() < 2) return refused("bad CNAME");
  Cname cname;
  if (fields.size() > 2) {
    if (const auto ttl = number(fields.back())) {
      cname.ttl = static_cast<std::uint32_t>(*ttl);
      fields.pop_back();
    }
  }
  std::vector<std::string> names;
  for (const std::string_view field : fields) {
    auto name = canonical_name(unquote(field));
    if (!name) {
      blame(field, "a domain name");
      return refused("bad CNAME");
    }
    names.push_back(*std::move(name));
  }
  cname.target = std::move(names.back());
  names.pop_back();
  cname.aliases = std::move(names);
  return cname;
}

Result<MxHost> parse_mx_host(std::string_view argument) {
  auto mx = parse<rules::mx_host, action>(argument, MxHost{}, "bad MX name");
  if (!mx) return mx;
  auto name = canonical_name(mx->name);
  auto target = canonical_name(mx->target.value_or(""));
  if (!name || !target) return refused("bad MX name");
  mx->name = *std::move(name);
  mx->target = target->empty() ? std::nullopt : std::move(target);
  return mx;
}

Result<std::string> parse_mx_target(std::string_view argument) {
  auto name = canonical_name(unquote(argument));
  if (!name) return refused("bad MX target");
  return *std::move(name);
}

Result<SrvHost> parse_srv_host(std::string_view argument) {
  return parse<rules::srv_host, action>(argument, SrvHost{}, "bad SRV record");
}

Result<TxtRecord> parse_txt_record(std::string_view argument) {
  // Spaces go with the first comma only.
  const auto [name_text, texts] = cut_at(argument, ',');
  auto name = canonical_name(unquote(name_text));
  if (!name) return refused("bad TXT record");
  TxtRecord record{.name = *std::move(name), .strings = {}};
  for (auto left = std::optional{texts.value_or("")}; left;) {
    const std::size_t comma = left->find(',');
    append_strings(unquote(left->substr(0, comma)), record.strings);
    left = comma == std::string_view::npos ? std::nullopt : std::optional{left->substr(comma + 1)};
  }
  return record;
}

Result<PtrRecord> parse_ptr_record(std::string_view argument) {
  return parse<rules::ptr_record, action>(argument, PtrRecord{}, "bad PTR record");
}

Result<NaptrRecord> parse_naptr_record(std::string_view argument) {
  return parse<rules::naptr_record, action>(argument, NaptrRecord{}, "bad NAPTR record");
}

Result<CaaRecord> parse_caa_record(std::string_view argument) {
  return parse<rules::caa_record, action>(argument, CaaRecord{}, "bad CAA record");
}

Result<DnsRecord> parse_dns_rr(std::string_view argument) {
  return parse<rules::dns_rr, action>(argument, DnsRecord{}, "bad RR record");
}

std::size_t problems_in_records() {
  return problems_of<rules::mx_host>() + problems_of<rules::srv_host>() + problems_of<rules::ptr_record>() +
         problems_of<rules::naptr_record>() + problems_of<rules::caa_record>() + problems_of<rules::dns_rr>();
}

}  // namespace swapmasq::grammar
