// The checks that need the whole configuration (spec config-language.md sections 5.4 and 5.5).
#pragma once

#include "config/draft.hpp"

namespace swapmasq::config {

// What --test checks too, and the settings that follow from several options together. Throws StartupError.
void complete(Draft& draft);

// What is checked only when the program goes on to start. Throws StartupError.
void check_before_start(const Draft& draft);

}  // namespace swapmasq::config
