// The arguments of ipset and nftset (spec config-language.md 9.7).
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "settings/dns_filters.hpp"

namespace swapmasq::grammar {

Result<settings::SetRule> parse_ipset(std::string_view argument);
Result<settings::SetRule> parse_nftset(std::string_view argument);

}  // namespace swapmasq::grammar
