#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <span>
#include <string_view>

#include "check/checks.hpp"

namespace swapmasq::check {

namespace {

using grammar::Area;
using grammar::Option;

// Without one of the others the option does nothing.
struct Need {
  Option option;
  Option other;
  Option alternative = other;
};

constexpr auto needs = std::to_array<Need>({
    {Option::expand_hosts, Option::domain},
    {Option::pxe_prompt, Option::pxe_service},
    {Option::quiet_tftp, Option::enable_tftp},
    {Option::dhcp_scriptuser, Option::dhcp_script, Option::dhcp_luascript},
    {Option::script_arp, Option::dhcp_script, Option::dhcp_luascript},
    {Option::script_on_renewal, Option::dhcp_script, Option::dhcp_luascript},
});

// With the other the option does nothing. Rows of one option stand together.
struct Defeat {
  Option option;
  Option other;
};

constexpr auto defeats = std::to_array<Defeat>({
    {Option::resolv_file, Option::no_resolv},
    {Option::no_poll, Option::no_resolv},
    {Option::pid_file, Option::no_daemon},
    {Option::user, Option::no_daemon},
    {Option::group, Option::no_daemon},
    {Option::min_port, Option::query_port},
    {Option::max_port, Option::query_port},
    {Option::local_service, Option::interface},
    {Option::local_service, Option::except_interface},
    {Option::local_service, Option::listen_address},
    {Option::local_service, Option::auth_server},
});

// What an option of an area needs before it does anything; empty: nothing.
std::span<const Option> needed_in(const grammar::OptionRow& row) {
  static constexpr std::array dhcp = {Option::dhcp_range, Option::dhcp_relay, Option::dhcp_split_relay};
  static constexpr std::array tftp = {Option::enable_tftp};
  static constexpr std::array auth = {Option::auth_server};
  static constexpr std::array dnssec = {Option::dnssec};
  switch (row.area) {
    case Area::dhcp:
    case Area::dhcp4:
    case Area::pxe:
      return dhcp;
    case Area::tftp:
      return tftp;
    case Area::auth:
      return auth;
    case Area::dnssec:
      return dnssec;
    default:
      return {};
  }
}

// Options of an area that work without the others of it.
bool stands_alone(Option option) {
  constexpr std::array alone = {Option::dhcp_range, Option::dhcp_relay, Option::dhcp_split_relay, Option::enable_tftp,
                                Option::auth_server, Option::dnssec, Option::dhcp_script, Option::dhcp_luascript,
                                Option::dhcp_scriptuser, Option::script_arp, Option::script_on_renewal,
                                // They keep TFTP from an interface, too.
                                Option::no_dhcp_interface, Option::no_dhcpv4_interface};
  return std::ranges::find(alone, option) != alone.end();
}

// DNS data and servers, which nobody can ask for without a DNS port.
constexpr std::array dns_options = {Option::address,     Option::server,      Option::local,      Option::cache_size,
                                    Option::resolv_file, Option::host_record, Option::cname,      Option::txt_record,
                                    Option::srv_host,    Option::mx_host,     Option::ptr_record, Option::log_queries,
                                    Option::no_resolv,   Option::dnssec};

std::string_view name_of(Option option) { return grammar::row_of(option).name; }

void report_idle(const Entry& entry, std::string_view why, Report& report) {
  report.add(
      warning("no-effect", fmt::format("{} has no effect {}", name_of(entry.option), why), place_of_keyword(entry)));
}

// Those that were refused count: they are what the user wanted.
bool has_some(const Entries& entries, std::span<const Option> options) {
  return std::ranges::any_of(options, [&](Option option) { return !entries.with_refused(option).empty(); });
}

void check_needs(const Entries& entries, Option option, std::span<const Option> others, Report& report) {
  const auto* const entry = entries.first_of(option);
  if (entry == nullptr || others.empty() || has_some(entries, others)) return;
  report_idle(*entry, fmt::format("without {}", name_of(others.front())), report);
}

}  // namespace

void check_effects(const Subject& subject, Report& report) {
  const auto& entries = subject.entries;
  for (const auto& row : grammar::option_table()) {
    if (!row.alias() && !stands_alone(row.option)) check_needs(entries, row.option, needed_in(row), report);
  }
  for (const auto& [option, other, alternative] : needs) {
    const auto needed = stands_alone(option) ? std::span<const Option>{} : needed_in(grammar::row_of(option));
    // Said already where the area as a whole does nothing.
    if (needed.empty() || has_some(entries, needed))
      check_needs(entries, option, std::array{other, alternative}, report);
  }
  std::optional<Option> told;
  for (const auto& [option, other] : defeats) {
    const auto* const entry = entries.first_of(option);
    if (entry == nullptr || told == option || !entries.has(other)) continue;
    report_idle(*entry, fmt::format("beside {}", name_of(other)), report);
    told = option;
  }
  if (subject.settings.dns.port == 0) {
    for (const auto option : dns_options) {
      if (const auto* const entry = entries.first_of(option)) report_idle(*entry, "beside port=0", report);
    }
  }
  for (const auto& name : subject.settings.without_effect) {
    const auto* const row = grammar::find_option(name);
    const auto* const entry = row == nullptr ? nullptr : entries.first_of(row->canonical);
    if (entry != nullptr) report_idle(*entry, "in this build yet", report);
  }
  for (const auto option : {Option::help, Option::version, Option::test}) {
    for (const auto* const entry : entries.of(option)) {
      if (!entry->on_command_line()) report_idle(*entry, "in a file", report);
    }
  }
}

}  // namespace swapmasq::check
