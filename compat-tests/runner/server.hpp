// The program under test as a process: started with arguments, its streams and end observed. Also follows it into the
// background. Must live in process 1 of a sandbox, which is where orphans go.
#pragma once

#include <map>
#include <set>
#include <string>
#include <sys/types.h>
#include <vector>

#include "event_loop.hpp"

namespace swapmasq::compat {

class Server {
 public:
  // `listener` gets what appears on standard error, as it appears.
  Server(EventLoop& loop, std::string program, std::function<void(const std::string&)> listener)
      : loop_(loop), program_(std::move(program)), listener_(std::move(listener)) {}
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // In `directory`, as `user` (empty: root), standard input from /dev/null. Streams of several starts are appended to
  // each other.
  void start(const std::vector<std::string>& arguments, const std::string& directory, const std::string& user);
  // The process that was started has ended.
  bool starter_ended();
  // "exit 3" or "killed by signal 11" of the process that was started.
  std::string starter_end() const;
  // The process that serves: the one started, or what it left in the background; 0 when there is none.
  pid_t pid();
  void signal(int number);
  // Waits for the serving process; its end as above, or "still running".
  std::string wait_for_end(Milliseconds limit);

  std::string take_output() { return std::exchange(output_, {}); }
  std::string take_errors() { return std::exchange(errors_, {}); }
  void put_back_errors(const std::string& text) { errors_ = text + errors_; }
  const std::string& errors() const { return errors_; }

 private:
  void reap();
  // What can be read now; empty at the end of the stream, which is then closed.
  std::string drain(Fd& stream);

  EventLoop& loop_;
  std::string program_;
  std::function<void(const std::string&)> listener_;
  pid_t started_ = 0;
  pid_t serving_ = 0;
  std::set<pid_t> strangers_;  // daemons that a script started before
  std::map<pid_t, int> ended_;
  Fd output_end_;
  Fd errors_end_;
  std::string output_;
  std::string errors_;
};

}  // namespace swapmasq::compat
