// SIGUSR1's figures (spec daemon.md section 9).
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"
#include "dns/domain_table.hpp"
#include "dns/local_data.hpp"
#include "log/line.hpp"

namespace swapmasq::dns {

struct Counters {
  std::uint64_t forwarded = 0;
  std::uint64_t answered_locally = 0;
  std::uint64_t answered_stale = 0;
  std::uint64_t authoritative = 0;
};

// One per address and port, summed over the domains that name it; in the order of configuration.
std::vector<Server> server_statistics(const DomainTable& domains);

void log_statistics(log::Log& log, const LocalData& local, const DomainTable& domains, const Counters& counters,
                    TimePoint now, bool with_cache);

}  // namespace swapmasq::dns
