#include <array>
#include <fmt/format.h>

#include "documents.hpp"

namespace swapmasq::documents {

using grammar::Area;
using grammar::ArgumentKind;

std::string_view state_of(const grammar::OptionRow& row) {
  switch (row.support) {
    case grammar::Support::works:
      return "works";
    case grammar::Support::judged:
      return "checked, without effect yet";
    case grammar::Support::no_lua:
      return "refused, as by a dnsmasq without Lua";
  }
  return "";
}

std::string joined_argument(ArgumentKind kind, std::string_view text) {
  if (kind == ArgumentKind::none) return "";
  if (text.starts_with('[')) return std::string{text};
  const auto value = text.empty() ? std::string_view{"<value>"} : text;
  return kind == ArgumentKind::required ? fmt::format("={}", value) : fmt::format("[={}]", value);
}

std::span<const Chapter> chapters() {
  static constexpr auto all = std::to_array<Chapter>({
      {Area::daemon, "Process and configuration"},
      {Area::logging, "Logging"},
      {Area::dns, "DNS"},
      {Area::auth, "Authoritative DNS"},
      {Area::dnssec, "DNSSEC"},
      {Area::dhcp, "DHCP"},
      {Area::dhcp4, "DHCPv4"},
      {Area::dhcp6, "DHCPv6"},
      {Area::ra, "Router advertisements"},
      {Area::pxe, "Network boot"},
      {Area::tftp, "TFTP"},
      {Area::dbus, "D-Bus"},
      {Area::ubus, "ubus"},
  });
  return all;
}

}  // namespace swapmasq::documents
