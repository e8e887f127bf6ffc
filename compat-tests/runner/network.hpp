// The network of one scenario: the calling process's own network namespace is the server's, a second one is the
// clients'. Each link is a veth pair with the same name on both sides and fixed addresses, so that every program under
// test sees the same interfaces. Both namespaces are unnamed and vanish with the process.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sockets.hpp"

namespace swapmasq::compat {

using MacAddress = std::array<std::uint8_t, 6>;

struct Link {
  std::string name;
  Ipv4 server;
  Ipv4 client;
  MacAddress server_mac;
  MacAddress client_mac;
};

class Network {
 public:
  // Must be called in a fresh network namespace, which becomes the server's.
  Network();

  // Addresses in prefix notation; the client's may be empty: then the client side has no address.
  const Link& add_link(const std::string& name, const std::string& server_cidr, const std::string& client_cidr);
  // A tap device on the server's side in place of a link; the descriptor is the wire.
  Fd add_tap(const std::string& name, const std::string& server_cidr);
  // A link whose clients' end is a switch with that address and the tap device on it: the virtual PC shares the wire
  // with whatever else runs on the clients' side.
  Fd add_tap_on_link(const std::string& name, const std::string& server_cidr, const std::string& client_cidr);

  // Runs `action` in the clients' namespace. Sockets stay in the namespace in which they were made.
  void in_client(const std::function<void()>& action) const;

  const std::vector<Link>& links() const { return links_; }
  // Throws std::runtime_error when there is no such link; an empty name means the first link.
  const Link& link(const std::string& name) const;

 private:
  Fd server_;
  Fd client_;
  std::vector<Link> links_;
};

// Runs a shell command, throws when it fails; returns what it wrote to stdout and stderr.
std::string run_shell(const std::string& command);

}  // namespace swapmasq::compat
