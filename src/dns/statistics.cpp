#include "dns/statistics.hpp"

#include <cmath>

#include "log/dns_lines.hpp"

namespace swapmasq::dns {

void log_statistics(log::Log& log, const settings::Dns& settings, const Figures& figures, const TcpUse& tcp,
                    TimePoint now) {
  log.write(log::statistics_time(seconds_of(now)));
  log.write(log::statistics_cache(settings.cache_size, figures.evictions, figures.insertions));
  log.write(log::statistics_queries(figures.forwarded, figures.answered_locally));
  if (settings.stale_cache_ttl) log.write(log::statistics_stale(figures.answered_stale));
  log.write(log::statistics_authoritative(figures.authoritative));
  log.write(log::statistics_dnssec_subqueries(0));
  log.write(log::statistics_dnssec_crypto(0));
  log.write(log::statistics_dnssec_failures(0));
  log.write(log::statistics_pool(0, 0, 0));
  // Each connection has a process in the reference.
  log.write(log::statistics_tcp(tcp.connections, tcp.highest, settings.max_tcp_connections));
  for (const auto& [server, counted] : figures.servers)
    log.write(log::statistics_server(server.address.to_string(), server.port, counted.sent, counted.retried,
                                     counted.failed, counted.nx_domain,
                                     static_cast<std::uint64_t>(std::lround(counted.latency_ms))));
}

}  // namespace swapmasq::dns
