// The arguments of connmark-allowlist and connmark-allowlist-enable (spec config-language.md 9.7). That no mark is
// given twice is the caller's to check.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "settings/dns_filters.hpp"

namespace swapmasq::grammar {

Result<std::uint32_t> parse_connmark_allowlist_enable(std::string_view argument);
// Nothing for a line without a comma, which allows nothing.
Result<std::optional<settings::ConnmarkAllowlist>> parse_connmark_allowlist(std::string_view argument);

}  // namespace swapmasq::grammar
