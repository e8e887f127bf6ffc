// Where the leases come from with leasefile-ro: what `<script> init` prints (spec leases-and-scripts.md section 2.5).
#pragma once

#include <string>

namespace swapmasq::script {

// Runs it in the foreground and returns its standard output, which has the format of a lease file. Throws StartupError.
std::string run_lease_init(const std::string& path);

}  // namespace swapmasq::script
