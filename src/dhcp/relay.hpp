// dhcp-relay and dhcp-split-relay: requests of clients go on to servers in other networks, and their replies to the
// clients (RFC 2131, RFC 3046, RFC 3527, RFC 5107; spec dhcpv4.md section 14).
//
// Settings and log are borrowed.
#pragma once

#include <optional>
#include <vector>

#include "dhcp/action.hpp"
#include "dhcp/packet.hpp"
#include "dhcp/transaction.hpp"
#include "log/line.hpp"
#include "net/interfaces.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::dhcp {

class Relay {
 public:
  Relay(const settings::Dhcp& dhcp, log::Log& log);

  // The start-up lines.
  void log_relays() const;

  // A request that was admitted, as it goes to the server of every relay that is meant for where it came in.
  std::vector<Send> to_servers(Transaction& t, const net::Interfaces& interfaces);
  // A server's reply as it goes to the client; nothing: no relay sent the request.
  std::optional<Send> to_client(const Packet& packet, const net::Interfaces& interfaces) const;

 private:
  struct Line {
    const settings::DhcpRelay* config;
    unsigned client_interface = 0;  // index; where requests come in; 0: none has come yet
    bool warned = false;

    Ipv4 local() const { return config->local.v4(); }
  };

  bool takes(Line& line, const Transaction& t, const net::Interfaces& interfaces);
  std::optional<Send> forward(const Line& line, const Transaction& t, const net::Interfaces& interfaces) const;
  std::optional<Send> forward_split(const Line& line, const Transaction& t, const net::Interfaces& interfaces) const;
  std::optional<Send> deliver(const Line& line, const Packet& packet, const wire::Dhcp4Message& message,
                              const net::Interface& arrival, const net::Interfaces& interfaces) const;

  const settings::Dhcp& dhcp_;
  log::Log& log_;
  std::vector<Line> lines_;
};

}  // namespace swapmasq::dhcp
