// What server lines ask the machine while they are read: host names and interfaces.
#pragma once

#include "grammar/lookup.hpp"

namespace swapmasq::config {

// Asks the system's resolver, which may take its time.
grammar::Lookup system_lookup();

}  // namespace swapmasq::config
