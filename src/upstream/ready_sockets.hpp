// Readiness of many sockets behind one wait of the event loop: an epoll set of their own (epoll(7)), so that a socket
// costs one system call when it comes and none when it is closed. Sockets belong to others, and are removed before they
// are closed. Runs on the given loop only.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>

namespace swapmasq::upstream {

class ReadySockets : public std::enable_shared_from_this<ReadySockets> {
 public:
  class Listener {
   public:
    virtual ~Listener() = default;
    // May remove any socket, and destroy this.
    virtual void ready(int fd, bool readable, bool writable) = 0;
  };

  // `settled` is called when all that were ready together have been told. Throws StartupError.
  ReadySockets(boost::asio::io_context& io, std::function<void()> settled);

  void start();
  // No more calls.
  void stop();

  void add(int fd, Listener& listener);
  // What to wait for; nothing at first.
  void want(int fd, bool read, bool write);
  void remove(int fd);

 private:
  struct Watched {
    Listener* listener = nullptr;
    bool registered = false;
    std::uint32_t events = 0;
  };

  void wait();
  void dispatch();

  boost::asio::posix::stream_descriptor set_;
  std::function<void()> settled_;
  std::unordered_map<int, Watched> sockets_;
};

}  // namespace swapmasq::upstream
