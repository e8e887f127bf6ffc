// Where queries to a server leave from (spec dns-forwarding.md section 6.1).
#pragma once

#include "dns/upstream_send.hpp"
#include "settings/dns.hpp"

namespace swapmasq::dns {

// What a server= line asks for behind '@'.
UpstreamSource source_of(const settings::DomainRule& rule);
// A server's own source, or query-port, or the range of ports.
UpstreamSource complete_source(UpstreamSource own, const settings::Dns& settings);

}  // namespace swapmasq::dns
