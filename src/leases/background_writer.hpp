// Work that waits for a disk, on a thread of its own, one piece at a time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace swapmasq::leases {

class BackgroundWriter {
 public:
  using Step = std::function<int()>;  // 0 or errno

  // `finished` is called on the thread. The thread blocks all signals.
  explicit BackgroundWriter(std::function<void()> finished);
  // Waits for the end of what was begun.
  ~BackgroundWriter();
  BackgroundWriter(const BackgroundWriter&) = delete;
  BackgroundWriter& operator=(const BackgroundWriter&) = delete;

  // Does `write`, then `sync` unless that failed. Only when nothing else is going on.
  void begin(Step write, Step sync);
  // Until `write` is done, or the limit is over.
  void wait_written(std::chrono::milliseconds limit);
  // Until all is done.
  void wait();
  // The outcome of what was begun, once.
  std::optional<int> take_outcome();

 private:
  enum class State { idle, begun, written, done };

  void work();

  std::function<void()> finished_;
  std::mutex mutex_;
  std::condition_variable changed_;
  State state_ = State::idle;
  bool ending_ = false;
  Step write_;
  Step sync_;
  int outcome_ = 0;
  std::thread thread_;
};

}  // namespace swapmasq::leases
