// The table of everything known, as SIGUSR1 prints it (spec daemon.md section 9).
#pragma once

#include "dns/local_data.hpp"
#include "log/line.hpp"

namespace swapmasq::dns {

void dump_cache(log::Log& log, const LocalData& local);
// Only what came from upstream.
void dump_cached(log::Log& log, const Cache& cache);

}  // namespace swapmasq::dns
