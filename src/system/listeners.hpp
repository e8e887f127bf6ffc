// Who listens on this host, from /proc (proc(5)).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "net/listener.hpp"

namespace swapmasq::system {

// UDP sockets that are bound and TCP sockets that listen, on one of these ports. Processes of other users stay unknown
// without the right to look at them.
std::vector<net::Listener> find_listeners(std::span<const std::uint16_t> ports);

// A socket in one of the tables /proc/net/{udp,udp6,tcp,tcp6}.
struct SocketRow {
  net::Listener listener;
  std::uint64_t inode = 0;
};
// Rows of sockets that wait; whatever is no such row is left out.
std::vector<SocketRow> read_socket_table(std::string_view table, bool udp);

}  // namespace swapmasq::system
