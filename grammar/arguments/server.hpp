// The arguments of server, local, address and rev-server (spec config-language.md 9.1, 9.2). A line makes one rule per
// domain and address.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "grammar/lookup.hpp"
#include "settings/dns.hpp"

namespace swapmasq::grammar {

// `local` has the same grammar.
Result<std::vector<settings::DomainRule>> parse_server(std::string_view argument, const Lookup& lookup);
Result<std::vector<settings::DomainRule>> parse_address(std::string_view argument);
Result<std::vector<settings::DomainRule>> parse_rev_server(std::string_view argument, const Lookup& lookup);

}  // namespace swapmasq::grammar
