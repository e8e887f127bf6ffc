// The event loop: readiness of descriptors, timers and signals, on one thread. Asio is behind it; it only waits, the
// owner of a descriptor drains it. Watches and timers may be destroyed at any time, also from inside a handler.
#pragma once

#include <csignal>
#include <functional>
#include <memory>

#include "base/time.hpp"

namespace boost::asio {
class io_context;
}

namespace swapmasq::io {

class Loop {
 public:
  using Handler = std::function<void()>;

  // Keeps a handler registered; destroying it unregisters. Does not own the descriptor, which must stay open.
  class Watch {
   public:
    struct State;
    Watch();
    explicit Watch(std::unique_ptr<State> state);
    ~Watch();
    Watch(Watch&&) noexcept;
    Watch& operator=(Watch&&) noexcept;

   private:
    std::unique_ptr<State> state_;
  };

  // One deadline. Setting a new one replaces the old.
  class Timer {
   public:
    struct State;
    Timer(Loop& loop, Handler handler);
    ~Timer();
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    void set(TimePoint deadline);
    void cancel();

   private:
    std::shared_ptr<State> state_;
  };

  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Wall-clock time, as engines see it.
  static TimePoint now();

  // `handler` is called whenever the descriptor has something to read.
  [[nodiscard]] Watch watch_readable(int fd, Handler handler);
  // `handler` is called whenever the descriptor may be written to.
  [[nodiscard]] Watch watch_writable(int fd, Handler handler);
  void on_signal(int signal, Handler handler);
  // Runs the handler soon, but not from inside this call.
  void post(Handler handler);

  void run();
  void stop();

  // For those who need Asio itself (TCP, c-ares).
  boost::asio::io_context& context();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace swapmasq::io
