// The process that runs lease-change scripts, and the daemon's end of the pipes to it (spec leases-and-scripts.md
// section 5.1). It is made while the daemon is still root, runs one script at a time, and lives on after the daemon
// until its queue is empty.
#pragma once

#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

#include "base/bytes.hpp"
#include "log/line.hpp"
#include "script/event.hpp"

namespace swapmasq::script {

struct RunnerOptions {
  std::string program;   // dhcp-script; empty: none
  std::string lua_file;  // dhcp-luascript; empty: none
  struct Account {
    std::string name;
    uid_t user = 0;
    gid_t group = 0;
  };
  std::optional<Account> account;  // absent: stays what the daemon was started as
  bool capture_output = true;      // false: scripts print where the daemon does
};

class Runner {
 public:
  // Throws StartupError when there is no process, or when it cannot do its work.
  explicit Runner(const RunnerOptions& options);
  // The process goes on with what it was told.
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // Everything so far is in the pipe, and there may be room for more.
  bool has_room() const { return waiting_.empty(); }
  // Never blocks; what does not fit into the pipe waits here.
  void send(const Event& event);
  // Goes on writing what waits.
  void flush();
  // From here on sending waits for the process, whose reports nobody wants any more.
  void start_farewell();

  int event_descriptor() const { return events_; }
  int report_descriptor() const { return reports_; }
  // What is there to be read; nothing more when the process has gone.
  std::vector<log::Line> take_reports();
  bool process_gone() const { return gone_; }

 private:
  bool read_reports();
  void wait_for_start();

  int events_ = -1;
  int reports_ = -1;
  Bytes waiting_;
  Bytes stream_;
  bool gone_ = false;
};

}  // namespace swapmasq::script
