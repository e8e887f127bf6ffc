#include "grammar/arguments/host_record.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/interfaces.hpp"
#include "grammar/arguments/rules.hpp"
#include "grammar/arguments/split.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

struct ttl : field {};
struct address4 : field {};
struct address6 : field {};
struct name : field {};
struct record_item : sor<ttl, address4, address6, name> {};
struct host_record : seq<record_item, plus<comma, record_item>, eof> {};

struct host_address : sor<address4, address6> {};
struct dynamic_name : field {};
struct dynamic_interface : rest {};
struct dynamic_host
    : seq<dynamic_name, star<comma, at<field, comma>, host_address>, opt<comma, dynamic_interface>, eof> {};

}  // namespace
}  // namespace rules

template <>
inline constexpr const char* message<rules::name> = "Bad name in host-record";

namespace {

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
struct dynamic<rules::dynamic_name> : store_text<&InterfaceName::name> {};
template <>
struct dynamic<rules::address4> : store_address<Ipv4, &InterfaceName::host_v4> {};
template <>
struct dynamic<rules::address6> : store_address<Ipv6, &InterfaceName::host_v6> {};
template <>
struct dynamic<rules::dynamic_interface> : store_text<&InterfaceName::interface> {};

}  // namespace

Result<HostRecord> parse_host_record(std::string_view argument) {
  return parse<rules::host_record, record>(argument, HostRecord{}, "Bad host-record");
}

Result<InterfaceName> parse_dynamic_host(std::string_view argument) {
  auto host = parse<rules::dynamic_host, dynamic>(argument, InterfaceName{}, "missing address in dynamic host");
  if (!host) return host;
  host->v4 = host->host_v4.has_value();
  host->v6 = host->host_v6.has_value();
  if (!host->v4 && !host->v6) return refused("missing address in dynamic host");
  auto name = canonical_name(host->name);
  const auto interface = interface_addresses(host->interface);
  if (!interface) return refused("");
  // The addresses say what families are meant.
  if (!name || interface->interface.empty() || !interface->v4 || !interface->v6) return refused("bad dynamic host");
  host->name = *std::move(name);
  return host;
}

Result<InterfaceName> parse_interface_name(std::string_view argument) {
  const auto [name_text, interface_text] = cut_at(argument, ',');
  auto name = canonical_name(unquote(name_text));
  const auto interface = interface_addresses(interface_text.value_or(""));
  if (!interface) return refused("");
  if (!name || interface->interface.empty()) return refused("bad interface name");
  return InterfaceName{*std::move(name), interface->interface, interface->v4, interface->v6, {}, {}};
}

std::size_t problems_in_host_record() { return problems_of<rules::host_record>() + problems_of<rules::dynamic_host>(); }

}  // namespace swapmasq::grammar
