// Descriptors and who wants to know that they are ready. One epoll set that keeps every descriptor registered, so that
// readiness costs no system call but the one that reports it, for many descriptors at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "io/descriptor.hpp"

namespace swapmasq::io {

class WatchSet {
 public:
  using Handler = std::function<void()>;
  enum class Token : std::uint64_t {};

  WatchSet();

  // `handler` is called by serve() as long as the descriptor can be read (or written). A descriptor is in the set once,
  // and is removed before it is closed. Throws std::system_error.
  Token add(int fd, bool writable, Handler handler);
  void remove(Token token, int fd);

  // Readable when something is ready.
  int fd() const { return epoll_.get(); }
  // Calls the handlers of what is ready, a batch of them at most, and ends early when `enough` says so. A handler may
  // add and remove what it likes.
  void serve(const std::function<bool()>& enough);

 private:
  Descriptor epoll_;
  // A token is a place and how often that was used before: one that was removed is never taken for another.
  struct Place {
    std::uint32_t uses = 0;
    std::shared_ptr<Handler> handler;
  };
  Place* find(Token token);

  std::vector<Place> places_;
  std::vector<std::uint32_t> free_;
};

}  // namespace swapmasq::io
