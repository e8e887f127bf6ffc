#include "dns/upstream_source.hpp"

namespace swapmasq::dns {

UpstreamSource source_for(const Server& server, const settings::Dns& settings) {
  auto source = server.source;
  if (source.port || source.address || !source.interface.empty()) return source;
  source.port = settings.query_port;
  if (source.port) return source;
  source.min_port = settings.min_port;
  source.max_port = settings.max_port;
  return source;
}

}  // namespace swapmasq::dns
