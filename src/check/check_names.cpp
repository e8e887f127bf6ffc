#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <string_view>

#include "check/checks.hpp"
#include "check/nearest.hpp"
#include "grammar/quoting.hpp"
#include "net/access.hpp"

namespace swapmasq::check {

namespace {

using grammar::Option;

// Options whose fields are names, or patterns, of interfaces.
constexpr std::array interface_options = {Option::interface,           Option::except_interface,
                                          Option::no_dhcp_interface,   Option::no_dhcpv4_interface,
                                          Option::no_dhcpv6_interface, Option::enable_tftp};

bool exists(const net::Interfaces& interfaces, std::string_view name) {
  return std::ranges::any_of(interfaces, [&](const net::Interface& each) {
    const auto labelled = [&](const net::InterfaceAddress& address) {
      return net::matches_pattern(name, address.label);
    };
    return net::matches_pattern(name, each.name) || std::ranges::any_of(each.addresses, labelled);
  });
}

void check_interfaces(const Subject& subject, const net::Interfaces& interfaces, const Entry& entry, Report& report) {
  std::vector<std::string_view> names;
  for (const auto& interface : interfaces) names.push_back(interface.name);
  for (const auto& field : fields_of(entry.value())) {
    const auto name = grammar::unquote(field.text);
    if (name.empty() || exists(interfaces, name)) continue;
    auto finding =
        warning("no-such-interface", fmt::format("there is no interface {} now", name), place_of(entry, field.span));
    const bool bound = subject.settings.net.binding == settings::Net::Binding::interfaces;
    if (entry.option == Option::interface && bound && !name.ends_with('*')) {
      finding.severity = Finding::Severity::error;
      finding.message = fmt::format("unknown interface {}", name);
      finding.dnsmasq = finding.message;
    }
    finding.nearest = nearest(name, names);
    report.add(std::move(finding));
  }
}

// dnsmasq looks the account up when it starts.
void check_account(const Entry& entry, bool known, Report& report) {
  if (known || entry.value().empty()) return;
  auto finding = warning("no-such-account", fmt::format("unknown user or group: {}", grammar::unquote(entry.value())),
                         place_of(entry));
  finding.severity = Finding::Severity::error;
  finding.dnsmasq = finding.message;
  report.add(std::move(finding));
}

}  // namespace

void check_names(const Subject& subject, Report& report) {
  const auto interfaces = subject.system.interfaces();
  for (const auto& entry : subject.entries.all()) {
    if (entry.fate != Entry::Fate::accepted) continue;
    const auto name = grammar::unquote(entry.value());
    if (std::ranges::find(interface_options, entry.option) != interface_options.end()) {
      check_interfaces(subject, interfaces, entry, report);
    } else if (entry.option == Option::user || entry.option == Option::dhcp_scriptuser) {
      check_account(entry, subject.system.has_user(name), report);
    } else if (entry.option == Option::group) {
      check_account(entry, subject.system.has_group(name), report);
    }
  }
}

}  // namespace swapmasq::check
