#include "grammar/arguments/host_record.hpp"

#include <string>
#include <string_view>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

struct ttl : field {};
struct address4 : field {};
struct address6 : field {};
struct name : field {};
struct record_item : sor<ttl, address4, address6, name> {};
struct host_record : seq<record_item, plus<comma, record_item>, eof> {};

struct subject : field {};
struct interface : field {};
struct host_address : sor<address4, address6> {};
struct no_family_suffix : not_at<until<one<'/'>>> {};
struct dynamic_host : seq<subject, star<comma, host_address>, comma, not_at<eof>, no_family_suffix, interface, eof> {};

struct interface_part : until<at<sor<slash, eof>>> {};
struct only_v4 : seq<one<'4'>, eof> {};
struct only_v6 : seq<one<'6'>, eof> {};
struct family : sor<only_v4, only_v6> {};
struct interface_name : seq<subject, comma, not_at<eof>, interface_part, opt<slash, family>, eof> {};

}  // namespace
}  // namespace rules

template <>
inline constexpr const char* message<rules::name> = "Bad name in host-record";

namespace {

using settings::DynamicHost;
using settings::HostRecord;
using settings::InterfaceName;

template <typename Rule>
struct record {};
template <>
struct record<rules::ttl> {
  // Digits that no quote protects; an empty field is the TTL 0.
  template <typename Input>
  static bool apply(const Input& in, HostRecord& host) {
    const std::string_view text = in.string_view();
    const auto seconds = number(text);
    if (!seconds || unquote(text) != text) return false;
    host.ttl = static_cast<std::uint32_t>(*seconds);
    return true;
  }
};
template <>
struct record<rules::address4> : store_plain_address<Ipv4, &HostRecord::v4> {};
template <>
struct record<rules::address6> : store_plain_address<Ipv6, &HostRecord::v6> {};
template <>
struct record<rules::name> : append_name<&HostRecord::names> {};

template <typename Rule>
struct dynamic {};
template <>
struct dynamic<rules::subject> : store_name<&DynamicHost::name> {};
template <>
struct dynamic<rules::address4> : store_plain_address<Ipv4, &DynamicHost::v4> {};
template <>
struct dynamic<rules::address6> : store_plain_address<Ipv6, &DynamicHost::v6> {};
template <>
struct dynamic<rules::interface> : store_text<&DynamicHost::interface> {};

template <typename Rule>
struct named {};
template <>
struct named<rules::subject> : store_name<&InterfaceName::name> {};
template <>
struct named<rules::interface_part> : store_text<&InterfaceName::interface> {};
template <>
struct named<rules::only_v4> {
  static void apply0(InterfaceName& name) { name.v6 = false; }
};
template <>
struct named<rules::only_v6> {
  static void apply0(InterfaceName& name) { name.v4 = false; }
};

}  // namespace

Result<HostRecord> parse_host_record(std::string_view argument) {
  return parse<rules::host_record, record>(argument, HostRecord{}, "Bad host-record");
}

Result<DynamicHost> parse_dynamic_host(std::string_view argument) {
  auto host = parse<rules::dynamic_host, dynamic>(argument, DynamicHost{}, "bad dynamic host");
  if (host && !host->v4 && !host->v6) return refused("missing address in dynamic host");
  return host;
}

Result<InterfaceName> parse_interface_name(std::string_view argument) {
  auto name = parse<rules::interface_name, named>(argument, InterfaceName{}, "bad interface name");
  return name;
}

std::size_t problems_in_host_record() {
  return problems_of<rules::host_record>() + problems_of<rules::dynamic_host>() + problems_of<rules::interface_name>();
}

}  // namespace swapmasq::grammar
