// The list of servers as it is logged at start and after every change (spec dns-forwarding.md section 17.3).
#pragma once

#include <vector>

#include "dns/domain_table.hpp"
#include "log/line.hpp"
#include "net/interfaces.hpp"
#include "settings/dns.hpp"

namespace swapmasq::dns {

void log_server_list(log::Log& log, const DomainTable& domains, const std::vector<settings::DomainRule>& rules,
                     const net::Interfaces& interfaces);

// With the interface of a link-local address: "fe80::1%eth0".
std::string server_address(const Endpoint& server, const net::Interfaces& interfaces);

}  // namespace swapmasq::dns
