// The arguments of host-record, dynamic-host and interface-name (spec config-language.md 9.3).
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "settings/dns.hpp"
#include "settings/records.hpp"

namespace swapmasq::grammar {

Result<settings::HostRecord> parse_host_record(std::string_view argument);
Result<settings::InterfaceName> parse_dynamic_host(std::string_view argument);
Result<settings::InterfaceName> parse_interface_name(std::string_view argument);

}  // namespace swapmasq::grammar
