// The fake of the socket seam: keeps what the server sends, for tests.
#pragma once

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "tftp/sockets.hpp"

namespace swapmasq::tftp {

class RecordingSockets : public Sockets {
 public:
  struct Sent {
    TransferId id{};  // 0: from the listening socket
    Route route;
    Bytes octets;
  };

  Opened open(TransferId id, const Route& route, const std::optional<settings::TftpPortRange>& range) override {
    if (next_open != Opened::yes) return next_open;
    open_sockets[id] = route;
    last_range = range;
    return Opened::yes;
  }

  void send(TransferId id, const Route& route, Datagrams datagrams) override { keep(id, route, datagrams); }

  void send_from_listener(const Route& route, Datagrams datagrams) override { keep(TransferId{}, route, datagrams); }

  void close(TransferId id) override { open_sockets.erase(id); }

  // The datagrams so far; forgets them.
  std::vector<Sent> take() { return std::exchange(sent, {}); }

  std::vector<Sent> sent;
  std::map<TransferId, Route> open_sockets;
  std::optional<settings::TftpPortRange> last_range;
  Opened next_open = Opened::yes;

 private:
  void keep(TransferId id, const Route& route, Datagrams datagrams) {
    auto left = datagrams.octets;
    while (!left.empty() && datagrams.size > 0) {
      const auto one = left.first(std::min(datagrams.size, left.size()));
      sent.push_back({id, route, Bytes(one.begin(), one.end())});
      left = left.subspan(one.size());
    }
  }
};

}  // namespace swapmasq::tftp
