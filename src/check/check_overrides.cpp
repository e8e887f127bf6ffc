#include <fmt/format.h>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "check/checks.hpp"
#include "grammar/arguments/dhcp_boot.hpp"
#include "grammar/arguments/dhcp_option.hpp"
#include "grammar/arguments/domain.hpp"

namespace swapmasq::check {

namespace {

using grammar::Option;

void report_overridden(const Entry& loser, const Entry& winner, Report& report) {
  const auto name = grammar::row_of(loser.option).name;
  auto finding = warning("overridden", fmt::format("a later line overrides this {}", name), place_of(loser));
  if (loser.on_command_line()) finding.message = fmt::format("a file overrides the {} of the command line", name);
  finding.related.push_back({"this one counts", place_of(winner)});
  report.add(std::move(finding));
}

// Options with one value may stand once on the command line and once in the files.
void check_single_values(const Entries& entries, Report& report) {
  for (const auto& row : grammar::option_table()) {
    if (row.alias() || row.repeat != grammar::Repeat::once) continue;
    const Entry* loser = nullptr;
    const Entry* winner = nullptr;
    for (const auto* const entry : entries.with_refused(row.option)) {
      if (entry->fate == Entry::Fate::refused) continue;
      (entry->on_command_line() ? loser : winner) = entry;
    }
    if (loser != nullptr && winner != nullptr) report_overridden(*loser, *winner, report);
  }
}

std::string key_of(const settings::TagTests& filters) {
  std::string key;
  for (const auto& [name, negated] : filters) key += fmt::format("{}{},", negated ? "!" : "", name);
  return key;
}

// Lines with the same key: the last counts. Nothing: the line overrides none.
using KeyOf = std::optional<std::string> (*)(std::string_view argument);

std::optional<std::string> key_of_option(std::string_view argument) {
  const auto option = grammar::parse_dhcp_option(argument);
  if (!option) return std::nullopt;
  return fmt::format("{} {} {} {} {} {}", option->dhcp6, option->code, static_cast<int>(option->scope),
                     option->encapsulating, option->vendor_class, key_of(option->filters));
}

std::optional<std::string> key_of_boot(std::string_view argument) {
  const auto boot = grammar::parse_dhcp_boot(argument);
  return boot ? std::optional{key_of(boot->filters)} : std::nullopt;
}

std::optional<std::string> key_of_domain(std::string_view argument) {
  const auto line = grammar::parse_domain(argument);
  const bool whole = line && !line->conditional && !line->from_resolv_conf;
  return whole ? std::optional{std::string{}} : std::nullopt;
}

std::optional<std::string> key_of_root(std::string_view argument) {
  const auto fields = fields_of(argument);
  return std::string{fields.size() > 1 ? fields[1].text : ""};
}

void check_lines(const Entries& entries, Option option, KeyOf key_of_line, Report& report) {
  std::unordered_map<std::string, const Entry*> last;
  for (const auto* const entry : entries.of(option)) {
    const auto key = key_of_line(entry->value());
    if (!key) continue;
    const auto [before, is_new] = last.try_emplace(*key, entry);
    if (!is_new) report_overridden(*std::exchange(before->second, entry), *entry, report);
  }
}

}  // namespace

void check_overrides(const Subject& subject, Report& report) {
  const auto& entries = subject.entries;
  check_single_values(entries, report);
  for (const auto option : {Option::dhcp_option, Option::dhcp_option_force, Option::dhcp_option_pxe}) {
    check_lines(entries, option, key_of_option, report);
  }
  check_lines(entries, Option::dhcp_boot, key_of_boot, report);
  check_lines(entries, Option::domain, key_of_domain, report);
  check_lines(entries, Option::tftp_root, key_of_root, report);
}

}  // namespace swapmasq::check
