#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <unordered_set>
#include <utility>
#include <variant>

#include "check/checks.hpp"
#include "check/nearest.hpp"
#include "grammar/arguments/dhcp_boot.hpp"
#include "grammar/arguments/dhcp_host.hpp"
#include "grammar/arguments/dhcp_matching.hpp"
#include "grammar/arguments/dhcp_option.hpp"
#include "grammar/arguments/dhcp_range.hpp"
#include "grammar/arguments/interfaces.hpp"
#include "grammar/arguments/pxe.hpp"
#include "grammar/arguments/tags.hpp"
#include "grammar/quoting.hpp"
#include "net/access.hpp"

namespace swapmasq::check {

namespace {

using grammar::Option;
using settings::TagTests;
using Names = std::vector<std::string>;

// A name is compared with every known one; with more than these that takes too long.
constexpr std::size_t most_compared = 1000;

// What dnsmasq sets by itself, besides the names of interfaces (spec dhcpv4.md 4.2, dhcpv6-and-ra.md).
constexpr std::array<std::string_view, 5> automatic = {"known", "known-othernet", "bootp", "cpewan-id", "dhcpv6"};

template <auto Parse, auto Member>
TagTests tests_in(std::string_view argument) {
  const auto line = Parse(argument);
  return line ? (*line).*Member : TagTests{};
}

TagTests tests_of_range(std::string_view argument) {
  const auto line = grammar::parse_dhcp_range(argument);
  return line ? std::visit([](const auto& range) { return range.filters; }, *line) : TagTests{};
}

TagTests tests_of_list(std::string_view argument) { return grammar::parse_tag_list(argument).value_or(TagTests{}); }

template <auto Parse>
Names set_by(std::string_view argument) {
  const auto line = Parse(argument);
  return line ? Names{line->set_tag} : Names{};
}

template <auto Parse>
Names all_set_by(std::string_view argument) {
  const auto line = Parse(argument);
  return line ? line->set_tags : Names{};
}

Names set_by_range(std::string_view argument) {
  const auto line = grammar::parse_dhcp_range(argument);
  return line ? Names{std::visit([](const auto& range) { return range.set_tag; }, *line)} : Names{};
}

struct Tester {
  Option option;
  TagTests (*tests)(std::string_view);
};

constexpr auto testers = std::to_array<Tester>({
    {Option::dhcp_range, tests_of_range},
    {Option::dhcp_host, tests_in<grammar::parse_dhcp_host, &settings::DhcpHost::filters>},
    {Option::dhcp_option, tests_in<grammar::parse_dhcp_option, &settings::DhcpOption::filters>},
    {Option::dhcp_option_force, tests_in<grammar::parse_dhcp_option, &settings::DhcpOption::filters>},
    {Option::dhcp_option_pxe, tests_in<grammar::parse_dhcp_option, &settings::DhcpOption::filters>},
    {Option::dhcp_boot, tests_in<grammar::parse_dhcp_boot, &settings::DhcpBoot::filters>},
    {Option::pxe_prompt, tests_in<grammar::parse_pxe_prompt, &settings::PxePrompt::filters>},
    {Option::pxe_service, tests_in<grammar::parse_pxe_service, &settings::PxeService::filters>},
    {Option::dhcp_reply_delay, tests_in<grammar::parse_dhcp_reply_delay, &settings::DhcpReplyDelay::filters>},
    {Option::tag_if, tests_in<grammar::parse_tag_if, &settings::TagIf::tests>},
    {Option::dhcp_ignore, tests_of_list},
    {Option::dhcp_ignore_names, tests_of_list},
    {Option::dhcp_generate_names, tests_of_list},
    {Option::dhcp_broadcast, tests_of_list},
    {Option::bootp_dynamic, tests_of_list},
});

struct Setter {
  Option option;
  Names (*tags)(std::string_view);
};

constexpr auto setters = std::to_array<Setter>({
    {Option::dhcp_range, set_by_range},
    {Option::dhcp_host, all_set_by<grammar::parse_dhcp_host>},
    {Option::tag_if, all_set_by<grammar::parse_tag_if>},
    {Option::dhcp_match, set_by<grammar::parse_dhcp_match>},
    {Option::dhcp_mac, set_by<grammar::parse_dhcp_mac>},
    {Option::dhcp_vendorclass, set_by<grammar::parse_dhcp_vendorclass>},
    {Option::dhcp_userclass, set_by<grammar::parse_dhcp_userclass>},
    {Option::dhcp_circuitid, set_by<grammar::parse_relay_agent_match>},
    {Option::dhcp_remoteid, set_by<grammar::parse_relay_agent_match>},
    {Option::dhcp_subscrid, set_by<grammar::parse_relay_agent_match>},
    {Option::dhcp_name_match, set_by<grammar::parse_dhcp_name_match>},
});

// Every tag that can be set. `interfaces`: names and patterns of interfaces that need not exist yet.
struct Known {
  std::unordered_set<std::string> tags;
  Names interfaces;

  bool sets(const std::string& tag) const {
    if (tags.contains(tag)) return true;
    return std::ranges::any_of(interfaces, [&](const auto& pattern) { return net::matches_pattern(pattern, tag); });
  }
  bool sets_some(std::string_view prefix) const {
    return std::ranges::any_of(tags, [&](const auto& tag) { return tag.starts_with(prefix); });
  }
};

Known known_tags(const Subject& subject) {
  Known known;
  for (const auto tag : automatic) known.tags.emplace(tag);
  for (const auto& interface : subject.system.interfaces()) known.tags.insert(interface.name);
  for (const auto* const entry : subject.entries.of(Option::interface)) {
    const auto names = grammar::parse_interfaces(entry->value());
    if (names) known.interfaces.insert(known.interfaces.end(), names->begin(), names->end());
  }
  for (const auto& setter : setters) {
    for (const auto* const entry : subject.entries.with_refused(setter.option)) {
      for (auto& tag : setter.tags(entry->value())) known.tags.insert(std::move(tag));
    }
  }
  return known;
}

// The field of a line that tests this tag, its prefix left out.
Place place_of_test(const Entry& entry, const std::string& tag) {
  for (const auto& [text, span] : fields_of(entry.value())) {
    auto name = text;
    for (const std::string_view prefix : {"tag:", "net:", "set:"}) {
      if (name.starts_with(prefix)) {
        name.remove_prefix(prefix.size());
        break;
      }
    }
    if (name.starts_with('!') || name.starts_with('#')) name.remove_prefix(1);
    if (grammar::unquote(name) == tag) return place_of(entry, {span.end - name.size(), span.end});
  }
  return place_of(entry);
}

}  // namespace

void check_tags(const Subject& subject, Report& report) {
  // Lines in files of their own may set any tag.
  if (subject.entries.has(Option::dhcp_hostsfile) || subject.entries.has(Option::dhcp_hostsdir)) return;
  const auto known = known_tags(subject);
  std::unordered_set<std::string> told;
  for (const auto& entry : subject.entries.all()) {
    const auto* const tester = std::ranges::find(testers, entry.option, &Tester::option);
    if (tester == testers.end() || entry.fate != Entry::Fate::accepted) continue;
    for (const auto& [tag, negated] : tester->tests(entry.value())) {
      const bool wildcard = entry.option == Option::tag_if && tag.ends_with('*');
      const bool set = wildcard ? known.sets_some(std::string_view{tag}.substr(0, tag.size() - 1)) : known.sets(tag);
      if (set || !told.insert(tag).second) continue;
      auto finding = warning("tag-never-set", fmt::format("nothing sets the tag {}", tag), place_of_test(entry, tag));
      if (known.tags.size() <= most_compared) {
        const std::vector<std::string_view> names{known.tags.begin(), known.tags.end()};
        finding.nearest = nearest(tag, names);
      }
      report.add(std::move(finding));
    }
  }
}

}  // namespace swapmasq::check
