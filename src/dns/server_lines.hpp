// The list of servers as it is logged at start and after every change (spec dns-forwarding.md section 17.3).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "dns/domain_table.hpp"
#include "log/line.hpp"
#include "net/interfaces.hpp"
#include "settings/dns.hpp"

namespace swapmasq::dns {

struct ServerFate {
  enum class Kind {
    used,
    own,             // this server itself, which would ask itself for ever: reported in its place, dropped afterwards
    without_socket,  // its fixed source port is not to be had: likewise
    nowhere,         // 0.0.0.0: dropped without a word
    looping,         // out of use until the next change of the list
  };

  Kind kind = Kind::used;
  std::string reason;  // without_socket
};

// `configured`: the rules of the configuration.
void log_server_list(log::Log& log, const DomainTable& domains, const settings::DomainRules& configured,
                     const net::Interfaces& interfaces, const std::function<ServerFate(const Server&)>& fate);

// With the interface of a link-local address: "fe80::1%eth0".
std::string server_address(const Endpoint& server, const net::Interfaces& interfaces);

}  // namespace swapmasq::dns
