// One poll loop for everything that happens while a step waits: the server's output, its log, the fake upstream
// server, and the client's own socket. Single-threaded on purpose: the outcome's order is the order of arrival.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>

#include "sockets.hpp"

namespace swapmasq::compat {

using Milliseconds = std::chrono::milliseconds;

class EventLoop {
 public:
  // `readable` must read; it may watch and forget descriptors. The descriptor stays the caller's.
  void watch(const Fd& fd, std::function<void()> readable);
  void forget(const Fd& fd) { watched_.erase(fd.get()); }

  // Serves until `done` or until `limit` has passed; returns whether it is done.
  bool run(Milliseconds limit, const std::function<bool()>& done);
  // Serves until nothing has happened for `quiet`.
  void settle(Milliseconds quiet = Milliseconds{80});
  // The next datagram on `socket`, everything else being served meanwhile.
  std::optional<Datagram> receive(const Fd& socket, Milliseconds limit);

 private:
  bool serve_once(Milliseconds limit);

  std::map<int, std::function<void()>> watched_;
};

}  // namespace swapmasq::compat
