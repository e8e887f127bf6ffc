// The arguments of trust-anchor, dnssec-limits and dnssec-check-unsigned (spec config-language.md section 10).
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "settings/auth.hpp"

namespace swapmasq::grammar {

Result<settings::TrustAnchor> parse_trust_anchor(std::string_view argument);
Result<settings::DnssecLimits> parse_dnssec_limits(std::string_view argument);
// Whether unsigned answers are checked: only "no" is understood.
Result<bool> parse_dnssec_check_unsigned(std::string_view argument);

}  // namespace swapmasq::grammar
