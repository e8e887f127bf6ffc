// Options of DHCPv6 and router advertisements (spec config-language.md sections 11.4 and 12).
#include <array>
#include <utility>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/ra.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Dhcp6;

Applied ra_param(Draft& draft, Argument argument) {
  auto param = grammar::parse_ra_param(argument.value_or(""));
  if (!param) return tl::unexpected(param.error());
  if (*param) draft.settings.dhcp6.ra_params.push_back(**std::move(param));
  return {};
}

constexpr std::array handlers{
    Handler{Option::dhcp_duid, store<&Dhcp6::duid, grammar::parse_dhcp_duid>},
    Handler{Option::enable_ra, flag<&Dhcp6::enable_ra>},
    Handler{Option::ra_param, ra_param},
    Handler{Option::quiet_dhcp6, flag<&Dhcp6::quiet>},
    Handler{Option::quiet_ra, flag<&Dhcp6::quiet_ra>},
};

}  // namespace

std::span<const Handler> dhcp6_options() { return handlers; }

}  // namespace swapmasq::config
