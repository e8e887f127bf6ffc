#include "event_loop.hpp"

#include <algorithm>
#include <poll.h>
#include <utility>
#include <vector>

namespace swapmasq::compat {

using Clock = std::chrono::steady_clock;

void EventLoop::watch(const Fd& fd, std::function<void()> readable) { watched_[fd.get()] = std::move(readable); }

bool EventLoop::serve_once(Milliseconds limit) {
  std::vector<pollfd> waiting;
  waiting.reserve(watched_.size());
  for (const auto& [fd, handler] : watched_) waiting.push_back({fd, POLLIN, 0});
  if (::poll(waiting.data(), waiting.size(), static_cast<int>(limit.count())) <= 0) return false;
  bool served = false;
  for (const pollfd& ready : waiting) {
    if (ready.revents == 0) continue;
    const auto found = watched_.find(ready.fd);
    if (found == watched_.end()) continue;
    const auto handler = found->second;  // a copy: the handler may forget itself
    handler();
    served = true;
  }
  return served;
}

bool EventLoop::run(Milliseconds limit, const std::function<bool()>& done) {
  const auto end = Clock::now() + limit;
  while (!done()) {
    const auto left = std::chrono::duration_cast<Milliseconds>(end - Clock::now());
    if (left.count() <= 0) return false;
    // Processes end without an event here, so `done` is asked again at least every 20 ms.
    serve_once(std::min(left, Milliseconds{20}));
  }
  return true;
}

void EventLoop::settle(Milliseconds quiet) {
  const auto end = Clock::now() + std::chrono::seconds{3};
  while (Clock::now() < end && serve_once(quiet)) {
  }
}

std::optional<Datagram> EventLoop::receive(const Fd& socket, Milliseconds limit) {
  std::optional<Datagram> result;
  watch(socket, [&] {
    if (!result) result = receive_from(socket);
  });
  run(limit, [&] { return result.has_value(); });
  forget(socket);
  return result;
}

}  // namespace swapmasq::compat
