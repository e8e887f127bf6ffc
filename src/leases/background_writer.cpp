#include "leases/background_writer.hpp"

#include <csignal>
#include <utility>

namespace swapmasq::leases {

BackgroundWriter::BackgroundWriter(std::function<void()> finished) : finished_(std::move(finished)) {
  // A new thread inherits the mask.
  sigset_t all{};
  sigset_t old{};
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &old);
  thread_ = std::thread{[this] { work(); }};
  pthread_sigmask(SIG_SETMASK, &old, nullptr);
}

BackgroundWriter::~BackgroundWriter() {
  {
    const std::lock_guard lock{mutex_};
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void BackgroundWriter::begin(Step write, Step sync) {
  {
    const std::lock_guard lock{mutex_};
    write_ = std::move(write);
    sync_ = std::move(sync);
    state_ = State::begun;
  }
  changed_.notify_all();
}

void BackgroundWriter::wait_written(std::chrono::milliseconds limit) {
  std::unique_lock lock{mutex_};
  changed_.wait_for(lock, limit, [this] { return state_ != State::begun; });
}

void BackgroundWriter::wait() {
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [this] { return state_ == State::idle || state_ == State::done; });
}

std::optional<int> BackgroundWriter::take_outcome() {
  const std::lock_guard lock{mutex_};
  if (state_ != State::done) return std::nullopt;
  state_ = State::idle;
  return outcome_;
}

void BackgroundWriter::work() {
  std::unique_lock lock{mutex_};
  for (;;) {
    changed_.wait(lock, [this] { return ending_ || state_ == State::begun; });
    if (state_ != State::begun) return;
    lock.unlock();
    int outcome = write_();
    lock.lock();
    state_ = State::written;
    changed_.notify_all();
    lock.unlock();
    if (outcome == 0) outcome = sync_();
    lock.lock();
    outcome_ = outcome;
    state_ = State::done;
    changed_.notify_all();
    lock.unlock();
    finished_();
    lock.lock();
  }
}

}  // namespace swapmasq::leases
