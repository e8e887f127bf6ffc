#include "grammar/arguments/host_record.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/interfaces.hpp"
#include "grammar/arguments/rules.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

struct ttl : field {};
struct address4 : field {};
struct address6 : field {};
struct name : field {};
struct record_item : sor<ttl, address4, address6, name> {};
struct host_record : seq<at<field, comma>, record_item, plus<comma, record_item>, eof> {};

// Addresses as long as something follows them, then the interface; what stands after it is ignored.
struct interface_host : field {};
struct host_address : sor<address4, address6> {};
struct host_interface : field {};
struct interface_line
    : seq<interface_host, star<comma, at<field, comma>, host_address>, opt<comma, host_interface>, rest> {};

}  // namespace
}  // namespace rules

template <>
inline constexpr const char* message<rules::name> = "Bad name in host-record";
template <>
inline constexpr const char* message<rules::host_interface> = "";

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

// A name for the addresses of an interface: dynamic-host and interface-name.
struct InterfaceLine {
  std::string name;
  std::optional<Ipv4> v4;
  std::optional<Ipv6> v6;
  settings::InterfaceAddresses interface;
};

template <typename Rule>
struct line {};
template <>
struct line<rules::interface_host> : store_text<&InterfaceLine::name> {};
template <>
struct line<rules::address4> : store_address<Ipv4, &InterfaceLine::v4> {};
template <>
struct line<rules::address6> : store_address<Ipv6, &InterfaceLine::v6> {};
template <>
struct line<rules::host_interface> {
  template <typename Input>
  static bool apply(const Input& in, InterfaceLine& host) {
    auto interface = interface_addresses(in.string_view());
    if (!interface) return false;
    host.interface = *std::move(interface);
    return true;
  }
};

}  // namespace

Result<HostRecord> parse_host_record(std::string_view argument) {
  return parse<rules::host_record, record>(argument, HostRecord{}, "Bad host-record");
}

Result<InterfaceName> parse_dynamic_host(std::string_view argument) {
  auto host = parse<rules::interface_line, line>(argument, InterfaceLine{});
  if (!host) return tl::unexpected(host.error());
  auto& [text, v4, v6, interface] = *host;
  if (!v4 && !v6) return refused("missing address in dynamic host");
  auto name = canonical_name(text);
  // The addresses say what families are meant.
  if (!name || interface.interface.empty() || !interface.v4 || !interface.v6) return refused("bad dynamic host");
  return InterfaceName{*std::move(name), std::move(interface.interface), v4.has_value(), v6.has_value(), v4, v6};
}

Result<InterfaceName> parse_interface_name(std::string_view argument) {
  auto host = parse<rules::interface_line, line>(argument, InterfaceLine{});
  if (!host) return tl::unexpected(host.error());
  auto& [text, v4, v6, interface] = *host;
  auto name = canonical_name(text);
  if (!name || v4 || v6 || interface.interface.empty()) return refused("bad interface name");
  return InterfaceName{*std::move(name), std::move(interface.interface), interface.v4, interface.v6, {}, {}};
}

std::size_t problems_in_host_record() {
  return problems_of<rules::host_record>() + problems_of<rules::interface_line>();
}

}  // namespace swapmasq::grammar
