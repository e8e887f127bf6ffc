// Where queries to a server leave from (spec dns-forwarding.md section 6.1).
#pragma once

#include "dns/server_set.hpp"
#include "dns/upstream_send.hpp"
#include "settings/dns.hpp"

namespace swapmasq::dns {

// The server's own source, or query-port, or the range of ports.
UpstreamSource source_for(const Server& server, const settings::Dns& settings);

}  // namespace swapmasq::dns
