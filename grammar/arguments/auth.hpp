// The arguments of the authoritative mode's options (spec config-language.md section 10).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "settings/auth.hpp"

namespace swapmasq::grammar {

Result<settings::AuthServer> parse_auth_server(std::string_view argument);
Result<settings::AuthZone> parse_auth_zone(std::string_view argument);
Result<settings::AuthSoa> parse_auth_soa(std::string_view argument);
// Illegal names are left out, as dnsmasq leaves them without effect.
Result<std::vector<std::string>> parse_auth_sec_servers(std::string_view argument);

}  // namespace swapmasq::grammar
