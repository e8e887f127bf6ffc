#include "dns/upstream_source.hpp"

namespace swapmasq::dns {

UpstreamSource source_of(const settings::DomainRule& rule) {
  return {rule.source_address, rule.source_port, 0, 0, rule.source_interface};
}

UpstreamSource complete_source(UpstreamSource own, const settings::Dns& settings) {
  if (own.port || own.address || !own.interface.empty()) return own;
  own.port = settings.query_port;
  if (own.port) return own;
  own.min_port = settings.min_port;
  own.max_port = settings.max_port;
  return own;
}

}  // namespace swapmasq::dns
