// Descriptors and who wants to know that they are ready. One epoll set that keeps every descriptor registered, so that
// readiness costs no system call but the one that reports it, for many descriptors at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>

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
  std::uint64_t next_ = 0;
  std::unordered_map<Token, std::shared_ptr<Handler>> handlers_;
};

}  // namespace swapmasq::io
