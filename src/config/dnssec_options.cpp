// Options of DNSSEC validation (spec config-language.md section 10).
#include <array>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/dnssec.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Dnssec;

Applied dnssec_check_unsigned(Draft& draft, Argument argument) {
  if (!argument) return {};
  return store<&Dnssec::check_unsigned, grammar::parse_dnssec_check_unsigned>(draft, argument);
}

constexpr std::array handlers{
    Handler{Option::dnssec, flag<&Dnssec::enabled>},
    Handler{Option::trust_anchor, append<&Dnssec::trust_anchors, grammar::parse_trust_anchor>},
    Handler{Option::dnssec_debug, flag<&Dnssec::debug>},
    Handler{Option::dnssec_check_unsigned, dnssec_check_unsigned},
    Handler{Option::dnssec_no_timecheck, flag<&Dnssec::no_timecheck>},
    Handler{Option::dnssec_timestamp, text<&Dnssec::timestamp_file>},
    Handler{Option::dnssec_limits, store<&Dnssec::limits, grammar::parse_dnssec_limits>},
};

}  // namespace

std::span<const Handler> dnssec_options() { return handlers; }

}  // namespace swapmasq::config
