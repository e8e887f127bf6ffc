// The TFTP server: read-only, RFC 1350 with the options of RFC 2347, 2348, 2349 and 7440 (spec tftp.md). It is given
// datagrams and the time, and answers through Sockets, FileSource and Log, which outlive it. It owns the transfers and
// their open files. Malformed datagrams are answered or ignored as the spec says; nothing throws.
//
// The caller decides which requests are admitted (net::Access) and reads port 69 only while wants_requests().
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/time.hpp"
#include "log/line.hpp"
#include "net/interfaces.hpp"
#include "settings/tftp.hpp"
#include "tftp/audience.hpp"
#include "tftp/files.hpp"
#include "tftp/neighbours.hpp"
#include "tftp/sockets.hpp"

namespace swapmasq::tftp {

// A datagram that came in on port 69.
struct Request {
  ByteView octets;
  Endpoint peer;
  IpAddress local;                            // its destination address
  const net::Interface* interface = nullptr;  // where it came in, or who has the bound address; nothing: not known
  unsigned listener = 0;                      // given back in Route, so that single-port replies find their socket

  std::string_view interface_name() const { return interface != nullptr ? std::string_view{interface->name} : ""; }
  unsigned interface_index() const { return interface != nullptr ? interface->index : 0; }
};

struct ServerLimits {
  std::uint32_t max_transfers = 50;      // tftp-max, after transfer_limit() (tftp/startup.hpp)
  std::uint16_t edns_packet_max = 1232;  // octets; bounds blksize
};

class Server {
 public:
  // Audience may be nothing.
  Server(const settings::Tftp& settings, ServerLimits limits, Sockets& sockets, FileSource& files,
         const Neighbours& neighbours, log::Log& log, Audience* audience = nullptr);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // False while more than max_transfers run: then requests wait in the kernel. Always true with tftp-single-port.
  bool wants_requests() const;

  // Port 69. With tftp-single-port also the packets of running transfers.
  void receive_request(const Request& request, TimePoint now);

  // A transfer's own socket. An id that has been closed is ignored.
  void receive(TransferId id, ByteView octets, const Endpoint& from, TimePoint now);

  // Retransmits and gives up what is due.
  void tick(TimePoint now);

  // When tick() has something to do; nothing while no transfer runs.
  std::optional<TimePoint> next_event() const;

  std::size_t transfers() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace swapmasq::tftp
