// SIGUSR1's lines about figures (spec daemon.md section 9).
#pragma once

#include "base/time.hpp"
#include "dns/figures.hpp"
#include "log/line.hpp"
#include "settings/dns.hpp"

namespace swapmasq::dns {

void log_statistics(log::Log& log, const settings::Dns& settings, const Figures& figures, const TcpUse& tcp,
                    TimePoint now);

}  // namespace swapmasq::dns
