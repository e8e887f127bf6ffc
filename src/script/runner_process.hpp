// The life of the process that runs lease-change scripts.
#pragma once

#include "script/runner.hpp"

namespace swapmasq::script {

// Called in a process of its own. Reads events until the daemon's end of the pipe is closed, runs the scripts for each
// and waits for them, then ends the process. Every other descriptor but the standard ones is closed.
[[noreturn]] void run_process(int events, int reports, const RunnerOptions& options);

}  // namespace swapmasq::script
