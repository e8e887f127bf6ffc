// Options of the authoritative mode (spec config-language.md section 10).
#include <array>
#include <utility>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/auth.hpp"
#include "grammar/arguments/interfaces.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Auth;

constexpr std::array handlers{
    Handler{Option::auth_server, store<&Auth::server, grammar::parse_auth_server>},
    Handler{Option::auth_zone, append<&Auth::zones, grammar::parse_auth_zone>},
    Handler{Option::auth_ttl, number<&Auth::ttl>},
    Handler{Option::auth_soa, store<&Auth::soa, grammar::parse_auth_soa>},
    Handler{Option::auth_sec_servers, append_all<&Auth::secondary_servers, grammar::parse_auth_sec_servers>},
    Handler{Option::auth_peer, append_all<&Auth::peers, grammar::parse_addresses>},
};

}  // namespace

std::span<const Handler> auth_options() { return handlers; }

}  // namespace swapmasq::config
