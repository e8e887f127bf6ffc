#include <array>
#include <fmt/format.h>

#include "documents.hpp"
#include "wire/dhcp_option_table.hpp"

namespace swapmasq::documents {

namespace {

// Words and values that arguments are made of, in libFuzzer's quoting.
constexpr auto words = std::to_array<std::string_view>({
    "tag:",
    "tag:!",
    "set:",
    "net:",
    "vendor:",
    "encap:",
    "vi-encap:",
    "option:",
    "option6:",
    "id:",
    "id:*",
    "enterprise:",
    "constructor:",
    "constructor:eth*",
    "mtu:",
    "infinite",
    "ignore",
    "static",
    "proxy",
    "ra-only",
    "ra-stateless",
    "ra-names",
    "slaac",
    "off-link",
    "local",
    "192.168.0.1",
    "192.168.0.0/24",
    "fd00::1",
    "[fd00::1]",
    "::ffff",
    "255.255.255.0",
    "12h",
    "11:22:33:44:55:66",
    "1-11:22:33:44:55:66",
    "*.conf",
    "/example/",
    "#53",
    "@eth0",
    "%eth0",
    "x86PC",
    "base64",
    "extra",
    "IN",
    "CH",
    "orgid:",
    "deviceid:",
    "65536",
    "4294967296",
    "\\\"",
    "\\\\",
    "\\x01",
    "\\x07",
    "\\x1e",
    "\\x1f",
    "\\x0a",
    "\\x00",
});

}  // namespace

std::string fuzz_dictionary() {
  std::string text = "# Made by docs/generator: the option table's names and what arguments are made of.\n";
  for (const auto& row : grammar::option_table()) {
    text += fmt::format("\"{}{}\"\n", row.name, row.argument == grammar::ArgumentKind::none ? "" : "=");
  }
  for (const auto& option : wire::dhcp4_options()) text += fmt::format("\"option:{}\"\n", option.name);
  for (const auto& option : wire::dhcp6_options()) text += fmt::format("\"option6:{}\"\n", option.name);
  for (const auto word : words) text += fmt::format("\"{}\"\n", word);
  return text;
}

}  // namespace swapmasq::documents
