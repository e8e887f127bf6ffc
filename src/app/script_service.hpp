// Hands what happens over to the process that runs lease-change scripts, as fast as that takes it.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "dhcp/lease_store.hpp"
#include "io/loop.hpp"
#include "io/neighbour_table.hpp"
#include "log/line.hpp"
#include "script/runner.hpp"
#include "settings/settings.hpp"
#include "tftp/server.hpp"

namespace swapmasq::app {

// What the process is to do; nothing: there is no script, or nothing that it could hear of. Throws StartupError
// "unknown user or group: <name>".
std::optional<script::RunnerOptions> script_options(const settings::Settings& settings);

class ScriptService : public tftp::Audience {
 public:
  // `leases` is nothing without DHCP. Everything is borrowed.
  ScriptService(io::Loop& loop, const settings::Settings& settings, script::Runner& runner, dhcp::LeaseStore* leases,
                io::NeighbourTable& neighbours, log::Log& log);
  ScriptService(const ScriptService&) = delete;
  ScriptService& operator=(const ScriptService&) = delete;

  void start();
  // After anything that may have changed leases.
  void hand_over();
  // With the next hand-over every lease is told again.
  void announce_leases();
  // Waits until the process has taken everything.
  void finish();

  // tftp::Audience
  void file_sent(const tftp::SentFile& file) override;

 private:
  std::optional<script::Event> next();
  void watch_room();
  void take_reports();
  void read_neighbours();
  void neighbours_changed(const io::NeighbourTable::Changes& changes);

  io::Loop& loop_;
  const settings::Settings& settings_;
  script::Runner& runner_;
  dhcp::LeaseStore* leases_;
  io::NeighbourTable& neighbours_;
  log::Log& log_;
  io::Loop::Watch reports_;
  io::Loop::Watch room_;
  io::Loop::Timer neighbour_timer_;
  // Waiting; in the order in which they are told, but of the files the newest is told first.
  std::vector<script::Event> neighbour_events_;
  std::vector<script::Event> files_;
};

}  // namespace swapmasq::app
