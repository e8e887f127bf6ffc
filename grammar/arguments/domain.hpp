// The arguments of domain and synth-domain (spec config-language.md 9.6).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "settings/dns.hpp"
#include "settings/records.hpp"

namespace swapmasq::grammar {

struct DomainLine {
  bool from_resolv_conf = false;  // "#": the first word of its search line
  std::string name;               // the default domain, unless `conditional`
  std::optional<settings::ConditionalDomain> conditional;
  std::vector<settings::DomainRule> local_rules;  // what ",local" adds
};

Result<DomainLine> parse_domain(std::string_view argument);
Result<settings::SynthDomain> parse_synth_domain(std::string_view argument);

}  // namespace swapmasq::grammar
