#include "wire/dhcp_option_table.hpp"

#include <algorithm>
#include <array>

namespace swapmasq::wire {
namespace {

using Type = DhcpOptionInfo::Type;
using Format = DhcpOptionInfo::Format;
using Reach = DhcpOptionInfo::Reach;

constexpr std::array<DhcpOptionInfo, 79> table4 = {{
    {1, "netmask", Type::addresses, Format::addresses},
    {2, "time-offset", Type::integer32, Format::hex},
    {3, "router", Type::addresses, Format::addresses},
    {6, "dns-server", Type::addresses, Format::addresses},
    {7, "log-server", Type::addresses, Format::addresses},
    {9, "lpr-server", Type::addresses, Format::addresses},
    {12, "hostname", Type::text, Format::text, Reach::internal},
    {13, "boot-file-size", Type::integer16, Format::decimal},
    {15, "domain-name", Type::text, Format::text},
    {16, "swap-server", Type::addresses, Format::addresses},
    {17, "root-path", Type::text, Format::text},
    {18, "extension-path", Type::text, Format::text},
    {19, "ip-forward-enable", Type::integer8, Format::hex},
    {20, "non-local-source-routing", Type::integer8, Format::hex},
    {21, "policy-filter", Type::addresses, Format::addresses},
    {22, "max-datagram-reassembly", Type::integer16, Format::decimal},
    {23, "default-ttl", Type::integer8, Format::decimal},
    {26, "mtu", Type::integer16, Format::decimal},
    {27, "all-subnets-local", Type::integer8, Format::hex},
    {28, "broadcast", Type::addresses, Format::addresses, Reach::internal},
    {31, "router-discovery", Type::integer8, Format::hex},
    {32, "router-solicitation", Type::addresses, Format::addresses},
    {33, "static-route", Type::addresses, Format::addresses},
    {34, "trailer-encapsulation", Type::integer8, Format::hex},
    {35, "arp-timeout", Type::integer32, Format::decimal},
    {36, "ethernet-encap", Type::integer8, Format::hex},
    {37, "tcp-ttl", Type::integer8, Format::hex},
    {38, "tcp-keepalive", Type::integer32, Format::decimal},
    {40, "nis-domain", Type::text, Format::text},
    {41, "nis-server", Type::addresses, Format::addresses},
    {42, "ntp-server", Type::addresses, Format::addresses},
    {43, "vendor-encap", Type::inferred, Format::hex, Reach::internal},
    {44, "netbios-ns", Type::addresses, Format::addresses},
    {45, "netbios-dd", Type::addresses, Format::addresses},
    {46, "netbios-nodetype", Type::integer8, Format::hex},
    {47, "netbios-scope", Type::inferred, Format::hex},
    {48, "x-windows-fs", Type::addresses, Format::addresses},
    {49, "x-windows-dm", Type::addresses, Format::addresses},
    {50, "requested-address", Type::addresses, Format::addresses, Reach::internal},
    {51, "lease-time", Type::time, Format::time, Reach::internal},
    {52, "option-overload", Type::inferred, Format::hex, Reach::internal},
    {53, "message-type", Type::inferred, Format::decimal, Reach::internal},
    {54, "server-identifier", Type::addresses, Format::addresses, Reach::internal},
    {55, "parameter-request", Type::inferred, Format::hex, Reach::internal},
    {56, "message", Type::inferred, Format::hex, Reach::internal},
    {57, "max-message-size", Type::inferred, Format::hex, Reach::internal},
    {58, "T1", Type::time, Format::time},
    {59, "T2", Type::time, Format::time},
    {60, "vendor-class", Type::inferred, Format::hex},
    {61, "client-id", Type::inferred, Format::hex, Reach::internal},
    {64, "nis+-domain", Type::text, Format::text},
    {65, "nis+-server", Type::addresses, Format::addresses},
    {66, "tftp-server", Type::text, Format::text},
    {67, "bootfile-name", Type::text, Format::text},
    {68, "mobile-ip-home", Type::addresses, Format::addresses},
    {69, "smtp-server", Type::addresses, Format::addresses},
    {70, "pop3-server", Type::addresses, Format::addresses},
    {71, "nntp-server", Type::addresses, Format::addresses},
    {74, "irc-server", Type::addresses, Format::addresses},
    {77, "user-class", Type::inferred, Format::hex},
    {80, "rapid-commit", Type::inferred, Format::hex},
    {81, "FQDN", Type::inferred, Format::hex, Reach::internal},
    {82, "agent-info", Type::inferred, Format::hex, Reach::internal},
    {91, "last-transaction", Type::time, Format::time},
    {92, "associated-ip", Type::addresses, Format::addresses},
    {93, "client-arch", Type::integer16, Format::decimal},
    {94, "client-interface-id", Type::inferred, Format::hex},
    {97, "client-machine-id", Type::inferred, Format::hex},
    {100, "posix-timezone", Type::text, Format::text},
    {101, "tzdb-timezone", Type::text, Format::text},
    {108, "ipv6-only", Type::integer32, Format::decimal},
    {114, "captive-portal", Type::text, Format::text},
    {118, "subnet-select", Type::inferred, Format::hex, Reach::internal},
    {119, "domain-search", Type::names, Format::hex},
    {120, "sip-server", Type::inferred, Format::hex},
    {121, "classless-static-route", Type::inferred, Format::hex},
    {125, "vendor-id-encap", Type::inferred, Format::hex},
    {150, "tftp-server-address", Type::addresses, Format::addresses},
    {255, "server-ip-address", Type::addresses, Format::addresses},
}};

constexpr std::array<DhcpOptionInfo, 30> table6 = {{
    {1, "client-id", Type::inferred, Format::hex, Reach::internal},
    {2, "server-id", Type::inferred, Format::hex, Reach::internal},
    {3, "ia-na", Type::inferred, Format::hex, Reach::internal},
    {4, "ia-ta", Type::inferred, Format::hex, Reach::internal},
    {5, "iaaddr", Type::inferred, Format::hex, Reach::internal},
    {6, "oro", Type::inferred, Format::hex, Reach::internal},
    {7, "preference", Type::inferred, Format::decimal, Reach::internal},
    {12, "unicast", Type::inferred, Format::hex, Reach::internal},
    {13, "status", Type::inferred, Format::hex, Reach::internal},
    {14, "rapid-commit", Type::inferred, Format::hex, Reach::internal},
    {15, "user-class", Type::counted_strings, Format::counted_strings, Reach::internal},
    {16, "vendor-class", Type::counted_strings, Format::counted_strings, Reach::internal},
    {17, "vendor-opts", Type::inferred, Format::hex, Reach::internal},
    {21, "sip-server-domain", Type::names, Format::names},
    {22, "sip-server", Type::addresses, Format::addresses},
    {23, "dns-server", Type::addresses, Format::addresses},
    {24, "domain-search", Type::names, Format::names},
    {27, "nis-server", Type::addresses, Format::addresses},
    {28, "nis+-server", Type::addresses, Format::addresses},
    {29, "nis-domain", Type::names, Format::names},
    {30, "nis+-domain", Type::names, Format::names},
    {31, "sntp-server", Type::addresses, Format::addresses},
    {32, "information-refresh-time", Type::time, Format::time},
    {39, "FQDN", Type::names, Format::names, Reach::internal},
    {41, "posix-timezone", Type::text, Format::text},
    {42, "tzdb-timezone", Type::text, Format::text},
    {56, "ntp-server", Type::addresses, Format::addresses},
    {59, "bootfile-url", Type::text, Format::text},
    {60, "bootfile-param", Type::counted_strings, Format::counted_strings},
    {103, "captive-portal", Type::text, Format::text},
}};

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

const DhcpOptionInfo* by_number(std::span<const DhcpOptionInfo> table, std::uint32_t number) {
  const auto found = std::ranges::lower_bound(table, number, {}, &DhcpOptionInfo::number);
  return found != table.end() && found->number == number ? &*found : nullptr;
}

const DhcpOptionInfo* by_name(std::span<const DhcpOptionInfo> table, std::string_view name) {
  const auto found = std::ranges::find_if(
      table, [name](const DhcpOptionInfo& row) { return std::ranges::equal(row.name, name, {}, lower, lower); });
  return found != table.end() ? &*found : nullptr;
}

}  // namespace

std::span<const DhcpOptionInfo> dhcp4_options() { return table4; }
std::span<const DhcpOptionInfo> dhcp6_options() { return table6; }
const DhcpOptionInfo* dhcp4_option(std::uint32_t number) { return by_number(table4, number); }
const DhcpOptionInfo* dhcp6_option(std::uint32_t number) { return by_number(table6, number); }
const DhcpOptionInfo* dhcp4_option(std::string_view name) { return by_name(table4, name); }
const DhcpOptionInfo* dhcp6_option(std::string_view name) { return by_name(table6, name); }

}  // namespace swapmasq::wire
