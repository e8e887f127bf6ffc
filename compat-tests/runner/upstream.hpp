// A fake upstream DNS server on addresses of the clients' namespace: answers from rows that the script gives, over UDP
// and TCP, and reports every query that reached it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "dns_message.hpp"
#include "event_loop.hpp"
#include "network.hpp"

namespace swapmasq::compat {

class Upstream {
 public:
  // `report` gets the description of each query, newline at the end.
  Upstream(EventLoop& loop, std::function<void(const std::string&)> report) : loop_(loop), report_(std::move(report)) {}

  void listen(const Network& network, Ipv4 address, std::uint16_t port);
  // `answer <name> <type> <data> [ttl=300]` adds a record; `answer <name> NXDOMAIN|NODATA|REFUSED|SERVFAIL|SILENT|
  // TRUNCATED [soa="<zone> <ttl>"]` says how the name is answered instead (TRUNCATED: over UDP only). Names without a
  // row do not exist.
  void add_row(const Step& step);

 private:
  struct Socket {
    Ipv4 address;
    Fd udp;
    Fd tcp;
  };
  struct Behaviour {
    std::string kind;
    std::vector<DnsRecord> authorities;
  };

  // Nothing when the name's behaviour is to stay silent.
  Bytes answer(ByteView query, bool over_udp) const;
  void serve_udp(const Socket& socket);
  void serve_tcp(const Socket& socket);
  void report_query(const Socket& socket, const char* transport, ByteView query) const;

  EventLoop& loop_;
  std::function<void(const std::string&)> report_;
  std::vector<std::unique_ptr<Socket>> sockets_;
  std::multimap<std::string, DnsRecord> records_;
  std::map<std::string, Behaviour> behaviours_;
};

}  // namespace swapmasq::compat
