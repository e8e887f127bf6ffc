#include "dns/statistics.hpp"

#include <cmath>
#include <unordered_map>

#include "dns/cache_dump.hpp"
#include "log/dns_lines.hpp"

namespace swapmasq::dns {

std::vector<Server> server_statistics(const DomainTable& domains) {
  std::vector<Server> summed;
  std::unordered_map<Endpoint, std::size_t> places;
  for (const auto& server : domains.servers()) {
    const auto [place, added] = places.try_emplace(server->endpoint, summed.size());
    if (added) {
      summed.push_back(*server);
      continue;
    }
    auto& sum = summed[place->second];
    const auto replies = sum.replies + server->replies;
    if (replies > 0)
      sum.latency_ms = (sum.latency_ms * static_cast<double>(sum.replies) +
                        server->latency_ms * static_cast<double>(server->replies)) /
                       static_cast<double>(replies);
    sum.replies = replies;
    sum.sent += server->sent;
    sum.retried += server->retried;
    sum.failed += server->failed;
    sum.nx_domain += server->nx_domain;
  }
  return summed;
}

void log_statistics(log::Log& log, const LocalData& local, const DomainTable& domains, const Counters& counters,
                    TimePoint now, bool with_cache) {
  log.write(log::statistics_time(seconds_of(now)));
  log.write(log::statistics_cache(local.settings.cache_size, local.cache.evictions(), local.cache.insertions()));
  log.write(log::statistics_queries(counters.forwarded, counters.answered_locally));
  if (local.cache.keeps_stale()) log.write(log::statistics_stale(counters.answered_stale));
  log.write(log::statistics_authoritative(counters.authoritative));
  log.write(log::statistics_dnssec_subqueries(0));
  log.write(log::statistics_dnssec_crypto(0));
  log.write(log::statistics_dnssec_failures(0));
  log.write(log::statistics_pool(0, 0, 0));
  // TCP is served inside this process.
  log.write(log::statistics_tcp(0, 0, local.settings.max_tcp_connections));
  for (const auto& server : server_statistics(domains))
    log.write(log::statistics_server(server.endpoint.address.to_string(), server.endpoint.port, server.sent,
                                     server.retried, server.failed, server.nx_domain,
                                     static_cast<std::uint64_t>(std::lround(server.latency_ms))));
  if (with_cache) dump_cache(log, local);
}

}  // namespace swapmasq::dns
