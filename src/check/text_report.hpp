// A report for people: each finding in the manner of a compiler, the offending piece under carets.
#pragma once

#include <string>

#include "check/finding.hpp"

namespace swapmasq::check {

// Source lines are shown in a window around the piece, octets that could upset a terminal as '?'. The width of
// characters is that of the locale.
std::string text_of(const Report& report);

}  // namespace swapmasq::check
