// Single subnets: the arguments of bogus-nxdomain, ignore-address and leasequery (spec config-language.md 9.8).
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "settings/dns_filters.hpp"

namespace swapmasq::grammar {

Result<settings::AddressPrefix> parse_address_prefix(std::string_view argument);

}  // namespace swapmasq::grammar
