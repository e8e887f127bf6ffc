// Lists of record types: the arguments of filter-rr and cache-rr (spec config-language.md section 8 "rrtype").
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace swapmasq::grammar {

// Numbers are kept modulo 65536; 0 is no type.
Result<std::vector<std::uint16_t>> parse_rr_types(std::string_view argument);

}  // namespace swapmasq::grammar
