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
// The lines that block lists have by the million, /name/IPv4-address with a plain name: appends what parse_address
// would have given, without the cost. False for all others, which it leaves alone.
bool append_plain_address(std::string_view argument, settings::DomainRules& rules);
Result<std::vector<settings::DomainRule>> parse_rev_server(std::string_view argument, const Lookup& lookup);

}  // namespace swapmasq::grammar
