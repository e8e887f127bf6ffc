#include "io/loop.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/system_timer.hpp>
#include <chrono>
#include <list>
#include <utility>

#include "io/watch_set.hpp"

namespace swapmasq::io {

namespace asio = boost::asio;

struct Loop::Impl {
  Impl() : readiness(context, watches->fd()) { wait(); }
  ~Impl() { readiness.release(); }  // it is the set's
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // Asio arms a descriptor anew each time that it is waited for; here only this one is.
  void wait() {
    readiness.async_wait(asio::posix::stream_descriptor::wait_read, [this](const boost::system::error_code& error) {
      if (error) return;
      watches->serve([this] { return context.stopped(); });
      wait();
    });
  }

  struct Signal {
    Signal(asio::io_context& context, int number, Handler on_signal)
        : set(context, number), handler(std::move(on_signal)) {
      wait();
    }
    void wait() {
      set.async_wait([this](const boost::system::error_code& error, int) {
        if (error) return;
        wait();
        handler();
      });
    }
    asio::signal_set set;
    Handler handler;
  };

  asio::io_context context{1};
  std::shared_ptr<WatchSet> watches = std::make_shared<WatchSet>();
  asio::posix::stream_descriptor readiness;
  std::list<Signal> signals;
};

// May be destroyed after the loop.
struct Loop::Watch::State {
  State(std::shared_ptr<WatchSet> watches, int fd, bool writable, Handler handler)
      : set(std::move(watches)), descriptor(fd), token(set->add(fd, writable, std::move(handler))) {}
  ~State() { set->remove(token, descriptor); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  std::shared_ptr<WatchSet> set;
  int descriptor;
  WatchSet::Token token;
};

Loop::Watch::Watch() = default;
Loop::Watch::Watch(std::unique_ptr<State> state) : state_(std::move(state)) {}
Loop::Watch::~Watch() = default;
Loop::Watch::Watch(Watch&&) noexcept = default;
Loop::Watch& Loop::Watch::operator=(Watch&&) noexcept = default;

struct Loop::Timer::State : std::enable_shared_from_this<State> {
  State(asio::io_context& context, Handler on_due) : timer(context), handler(std::move(on_due)) {}

  asio::system_timer timer;
  Handler handler;
  bool cancelled = false;
};

Loop::Timer::Timer(Loop& loop, Handler handler) : state_(std::make_shared<State>(loop.context(), std::move(handler))) {}

Loop::Timer::~Timer() {
  state_->cancelled = true;
  boost::system::error_code ignored;
  state_->timer.cancel(ignored);
}

void Loop::Timer::set(TimePoint deadline) {
  state_->timer.expires_at(deadline);
  state_->timer.async_wait([state = state_](const boost::system::error_code& error) {
    if (!error && !state->cancelled) state->handler();
  });
}

void Loop::Timer::cancel() { state_->timer.cancel(); }

Loop::Loop() : impl_(std::make_unique<Impl>()) {}
Loop::~Loop() = default;

TimePoint Loop::now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

Loop::Watch Loop::watch_readable(int fd, Handler handler) {
  return Watch{std::make_unique<Watch::State>(impl_->watches, fd, false, std::move(handler))};
}

Loop::Watch Loop::watch_writable(int fd, Handler handler) {
  return Watch{std::make_unique<Watch::State>(impl_->watches, fd, true, std::move(handler))};
}

void Loop::on_signal(int signal, Handler handler) {
  impl_->signals.emplace_back(impl_->context, signal, std::move(handler));
}

void Loop::post(Handler handler) { asio::post(impl_->context, std::move(handler)); }

void Loop::run() {
  const auto work = asio::make_work_guard(impl_->context);
  impl_->context.run();
}

void Loop::stop() { impl_->context.stop(); }

asio::io_context& Loop::context() { return impl_->context; }

}  // namespace swapmasq::io
