// What the TFTP server asks of the network: transfer sockets and datagrams. Implemented by the program's I/O, and by a
// recorder in tests. Calls come from inside Server's functions; the octets are valid for the call only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "settings/tftp.hpp"

namespace swapmasq::tftp {

// Names a transfer and its socket; never used twice.
enum class TransferId : std::uint64_t {};

// The way back to a client: its address and ours. The port of `local` is 0 for a transfer's own socket.
struct Route {
  Endpoint peer;
  IpAddress local;               // the source address of every reply: where the request was sent to
  unsigned interface_index = 0;  // the arrival interface; 0: not known
  unsigned listener = 0;         // the caller's number of the port 69 socket that the request came in by
};

// One or more datagrams to the same client, back to back: each `size` octets, the last one perhaps fewer. The layout
// of UDP_SEGMENT; sendmmsg or single sends need no copy either.
struct Datagrams {
  ByteView octets;
  std::size_t size = 0;
};

class Sockets {
 public:
  enum class Opened { yes, no_free_port, failed };

  virtual ~Sockets() = default;

  // A new UDP socket bound to route.local (for a link-local address in the scope of route.interface_index), with
  // IP_PMTUDISC_DONT, and a port of the kernel's choice or the first free one of `ports`, counting up.
  // `no_free_port`: the whole range is busy. From now on what arrives goes to Server::receive with this id.
  virtual Opened open(TransferId id, const Route& route, const std::optional<settings::TftpPortRange>& ports) = 0;

  // To route.peer from the transfer's socket.
  virtual void send(TransferId id, const Route& route, Datagrams datagrams) = 0;

  // To route.peer from port 69: the socket `route.listener`, source address route.local.
  virtual void send_from_listener(const Route& route, Datagrams datagrams) = 0;

  virtual void close(TransferId id) = 0;
};

}  // namespace swapmasq::tftp
