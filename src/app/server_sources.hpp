// The fixed source ports of upstream servers at start.
#pragma once

#include "settings/settings.hpp"

namespace swapmasq::app {

// With bind-interfaces: throws StartupError "failed to bind server socket for ..." (ExitCode::network) when a source
// port of a configured server cannot be had. Otherwise such a server is ignored later on.
void check_server_sources(const settings::Settings& settings);

}  // namespace swapmasq::app
