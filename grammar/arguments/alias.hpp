// The argument of alias (spec config-language.md 9.5).
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "settings/dns_filters.hpp"

namespace swapmasq::grammar {

Result<settings::AddressAlias> parse_alias(std::string_view argument);

}  // namespace swapmasq::grammar
