#include "dns/upstream_source.hpp"

namespace swapmasq::dns {

namespace {

constexpr std::uint16_t default_min_port = 1024;
constexpr std::uint16_t default_max_port = 65535;

}  // namespace

UpstreamSource source_for(const Server& server, const settings::Dns& settings) {
  auto source = server.source;
  if (source.port || source.address || !source.interface.empty()) return source;
  source.port = settings.query_port;
  if (source.port || (settings.min_port == default_min_port && settings.max_port == default_max_port)) return source;
  source.min_port = settings.min_port;
  source.max_port = settings.max_port;
  return source;
}

}  // namespace swapmasq::dns
