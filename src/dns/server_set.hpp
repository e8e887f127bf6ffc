// Upstream servers, and the set of them that one domain pattern names (spec dns-forwarding.md section 5).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "base/time.hpp"
#include "dns/figures.hpp"
#include "dns/upstream_send.hpp"
#include "settings/dns.hpp"

namespace swapmasq::dns {

// Where a server was named. What the configuration says stays; the others replace what they said before.
enum class ServerOrigin { configuration, resolv_conf, servers_file };
inline constexpr std::size_t server_origins = 3;

struct Server {
  ServerOrigin origin = ServerOrigin::configuration;
  Endpoint endpoint;
  UpstreamSource source;
  settings::DomainPattern pattern;
  bool refused_recursion = false;  // warned about
  bool looping = false;            // sends our queries back to us (dns-loop-detect)
  ServerFigures counted;
};

// Servers in the order of configuration. The state of choosing among them belongs to the set, not to the server.
struct ServerSet {
  std::string domain;  // for the log; empty: the default servers
  std::vector<std::shared_ptr<Server>> servers;
  std::shared_ptr<Server> last_good;
  std::uint32_t queries_since_trial = 0;
  std::optional<TimePoint> last_trial;
  std::uint32_t young_queries = 0;  // pending and younger than the query timeout

  // Whether the next query has to go to all servers, because it is time to find the best one again; counts.
  bool full_trial_due(TimePoint now);
  // The one that is asked when one is asked.
  std::shared_ptr<Server> preferred() const { return last_good ? last_good : servers.front(); }
};

}  // namespace swapmasq::dns
