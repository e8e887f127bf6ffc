// The arguments of log-facility and dumpmask (spec config-language.md section 13).
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "settings/daemon.hpp"

namespace swapmasq::grammar {

Result<settings::Daemon::LogTarget> parse_log_facility(std::string_view argument);
Result<std::uint32_t> parse_dumpmask(std::string_view argument);

}  // namespace swapmasq::grammar
