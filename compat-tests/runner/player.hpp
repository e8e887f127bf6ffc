// Plays the steps of a script inside a sandbox and writes the outcome: what each step saw, then the whole log, then the
// program's own streams. The log stands apart from the steps because its arrival is not ordered with theirs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "event_loop.hpp"
#include "network.hpp"
#include "packet_socket.hpp"
#include "script.hpp"
#include "server.hpp"
#include "terminal.hpp"
#include "upstream.hpp"
#include "virtual_pc.hpp"

namespace swapmasq::compat {

class Player {
 public:
  Player(std::string program, bool show);

  std::string play(const std::vector<Step>& steps);

 private:
  void play_step(const Step& step);
  // The verbs, in the order of README.md.
  void link(const Step& step);
  void tap(const Step& step);
  void shell(const Step& step);
  void occupy(const Step& step);
  void upstream(const Step& step);
  void answer(const Step& step);
  void start(const Step& step);
  void dhcp(const Step& step);
  void tftp(const Step& step);
  void dns(const Step& step);
  void udp(const Step& step);
  void boot(const Step& step);
  void signal(const Step& step);
  void wait(const Step& step);
  void expect_exit(const Step& step);
  void file(const Step& step);
  void leases(const Step& step);

  void note(const std::string& text) { steps_text_ += text; }
  void take_log_datagram();
  bool started(const std::string& log_file) const;
  void finish();

  TerminalVoice runner_voice_;
  TerminalVoice server_voice_;
  TerminalVoice pc_voice_;
  EventLoop loop_;
  Network network_;
  Server server_;
  Upstream upstream_;
  Fd syslog_;
  std::vector<std::pair<std::string, std::unique_ptr<PacketSocket>>> packet_sockets_;
  std::vector<Fd> occupied_;
  std::optional<Fd> tap_;
  bool booted_ = false;
  std::string steps_text_;
  std::string log_;
};

}  // namespace swapmasq::compat
