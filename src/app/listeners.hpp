// The DNS and TFTP sockets: which addresses they are bound to in each of the three binding modes (spec daemon.md
// section 10, tftp.md section 3). Made as root, before the loop exists; handed to the services afterwards.
#pragma once

#include <string>
#include <vector>

#include "io/descriptor.hpp"
#include "io/udp_socket.hpp"
#include "net/interfaces.hpp"
#include "settings/settings.hpp"

namespace swapmasq::app {

// One address that is listened on; the unspecified address of a family in wildcard mode.
struct Listener {
  Endpoint local;         // port 0; link-local addresses have their scope
  std::string interface;  // whose address it is, or its label; empty: wildcard, or nobody's
  unsigned interface_index = 0;
  bool dns = false;
  bool tftp = false;

  bool operator==(const Listener&) const = default;
};

// The addresses to listen on, the kernel's last one first. Throws StartupError "unknown interface <name>"
// (bind-interfaces).
std::vector<Listener> wanted_listeners(const settings::Settings& settings, const net::Interfaces& interfaces);

struct DnsSockets {
  Listener listener;
  io::UdpSocket udp;
  io::Descriptor tcp;
  std::vector<io::UdpSocket> further_udp;  // one for each further thread that answers
};

struct TftpSocket {
  Listener listener;
  io::UdpSocket udp;
};

struct Sockets {
  std::vector<DnsSockets> dns;
  std::vector<TftpSocket> tftp;
  std::vector<Listener> bound;
  // IPv6 addresses that cannot be bound until duplicate address detection is over.
  std::vector<Listener> tentative;
};

// Throws StartupError "failed to create listening socket for ..." (ExitCode::network).
Sockets open_sockets(const settings::Settings& settings, const std::vector<Listener>& wanted);

}  // namespace swapmasq::app
