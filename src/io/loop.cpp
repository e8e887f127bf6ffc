#include "io/loop.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/system_timer.hpp>
#include <chrono>
#include <list>
#include <utility>

namespace swapmasq::io {

namespace asio = boost::asio;

struct Loop::Impl {
  asio::io_context context{1};
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
  std::list<Signal> signals;
};

struct Loop::Watch::State : std::enable_shared_from_this<State> {
  using Readiness = asio::posix::stream_descriptor::wait_type;

  static std::shared_ptr<State> start(asio::io_context& context, int fd, Readiness awaited, Handler on_ready) {
    auto state = std::make_shared<State>(context, fd, awaited, std::move(on_ready));
    state->wait();
    return state;
  }

  State(asio::io_context& context, int fd, Readiness awaited, Handler on_ready)
      : descriptor(context, fd), readiness(awaited), handler(std::move(on_ready)) {}

  void wait() {
    descriptor.async_wait(readiness, [self = shared_from_this()](const boost::system::error_code& error) {
      if (error || self->cancelled) return;
      self->handler();
      if (!self->cancelled) self->wait();
    });
  }
  void cancel() {
    cancelled = true;
    descriptor.release();  // the owner closes it
  }

  asio::posix::stream_descriptor descriptor;
  Readiness readiness;
  Handler handler;
  bool cancelled = false;
};

Loop::Watch::Watch() = default;
Loop::Watch::Watch(std::shared_ptr<State> state) : state_(std::move(state)) {}
Loop::Watch::~Watch() {
  if (state_) state_->cancel();
}
Loop::Watch::Watch(Watch&&) noexcept = default;
Loop::Watch& Loop::Watch::operator=(Watch&& other) noexcept {
  std::swap(state_, other.state_);
  return *this;
}

struct Loop::Timer::State : std::enable_shared_from_this<State> {
  State(asio::io_context& context, Handler on_due) : timer(context), handler(std::move(on_due)) {}

  asio::system_timer timer;
  Handler handler;
  bool cancelled = false;
};

Loop::Timer::Timer(Loop& loop, Handler handler) : state_(std::make_shared<State>(loop.context(), std::move(handler))) {}

Loop::Timer::~Timer() {
  state_->cancelled = true;
  state_->timer.cancel();
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
  return Watch{Watch::State::start(impl_->context, fd, Watch::State::Readiness::wait_read, std::move(handler))};
}

Loop::Watch Loop::watch_writable(int fd, Handler handler) {
  return Watch{Watch::State::start(impl_->context, fd, Watch::State::Readiness::wait_write, std::move(handler))};
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
