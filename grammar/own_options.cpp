#include "grammar/own_options.hpp"

#include <algorithm>
#include <array>

namespace swapmasq::grammar {

namespace {

constexpr std::array table{
    OwnOptionRow{OwnOption::boots, "boots", ArgumentKind::optional, "[=json]",
                 "Ask the running daemon how the latest network boots of its clients went, and end."},
    OwnOptionRow{OwnOption::check, "check", ArgumentKind::optional, "[=json]",
                 "Report everything that is wrong or odd in the configuration, as text or JSON, and end."},
    OwnOptionRow{OwnOption::dns_threads, "dns-threads", ArgumentKind::required, "<integer>",
                 "How many threads answer DNS queries, each with names and a cache of its own (defaults to 1)."},
};

}  // namespace

std::span<const OwnOptionRow> own_option_table() { return table; }

const OwnOptionRow* find_own_option(std::string_view name) {
  const auto* const found = std::ranges::find(table, name, &OwnOptionRow::name);
  return found == table.end() ? nullptr : found;
}

}  // namespace swapmasq::grammar
