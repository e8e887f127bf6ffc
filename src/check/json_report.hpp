// A report for programs. docs/check.md describes its form, which only grows.
#pragma once

#include <string>

#include "check/finding.hpp"

namespace swapmasq::check {

// Valid JSON in UTF-8 for lines of any octets, ending in LF.
std::string json_of(const Report& report);

}  // namespace swapmasq::check
