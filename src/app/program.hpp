// The life of the process: start-up in dnsmasq's order, service, and the end (spec daemon.md sections 1 to 4).
#pragma once

#include "base/startup_error.hpp"
#include "log/output.hpp"
#include "settings/settings.hpp"

namespace swapmasq::app {

// Serves until a signal ends it and returns the exit code. Throws StartupError for what goes wrong while somebody still
// watches; the background process reports its failures to the one that the user started.
int run(const settings::Settings& settings, log::Output& log);

// How a failed start is told: an empty line and "dnsmasq: <message>" on stderr, and two lines in the log.
void report_failure(const StartupError& error, log::Output& log);

}  // namespace swapmasq::app
