// The checks that need the whole configuration (spec config-language.md sections 5.4 and 5.5).
#pragma once

#include <functional>

#include "base/startup_error.hpp"
#include "config/draft.hpp"

namespace swapmasq::config {

// Is told every error; throws it, or returns to let the other checks go on.
using Fail = std::function<void(const StartupError&)>;

// What --test checks too, and the settings that follow from several options together.
void complete(Draft& draft, const Fail& fail);

// What is checked only when the program goes on to start.
void check_before_start(const Draft& draft, const Fail& fail);

}  // namespace swapmasq::config
