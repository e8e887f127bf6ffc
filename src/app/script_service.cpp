#include "app/script_service.hpp"

#include <algorithm>
#include <unistd.h>

#include "script/events.hpp"
#include "system/identity.hpp"

namespace swapmasq::app {

std::optional<script::RunnerOptions> script_options(const settings::Settings& settings) {
  const auto& config = settings.dhcp.script;
  if (config.path.empty() && config.lua_file.empty()) return std::nullopt;
  if (!settings.dhcp.enabled() && !settings.tftp.enabled && !config.arp) return std::nullopt;
  const bool debug = settings.daemon.mode == settings::Daemon::Mode::debug;
  script::RunnerOptions options{
      .program = config.path, .lua_file = config.lua_file, .account = {}, .capture_output = !debug};
  if (settings.dhcp.enabled() && config.user != "root") {
    const auto account = system::find_account(config.user);
    if (!debug && getuid() == 0) options.account = {config.user, account.user, account.group};
  }
  return options;
}

ScriptService::ScriptService(io::Loop& loop, const settings::Settings& settings, script::Runner& runner,
                             dhcp::LeaseStore* leases, io::NeighbourTable& neighbours, log::Log& log)
    : loop_(loop),
      settings_(settings),
      runner_(runner),
      leases_(leases),
      neighbours_(neighbours),
      log_(log),
      neighbour_timer_(loop, [this] { read_neighbours(); }) {}

void ScriptService::start() {
  reports_ = loop_.watch_readable(runner_.report_descriptor(), [this] { take_reports(); });
  // The first lease that dnsmasq read is told now, and again with all others after the hosts files were read.
  if (const auto event = next()) runner_.send(*event);
  if (!settings_.dhcp.script.arp) return;
  neighbours_.on_change([this](const auto& changes) { neighbours_changed(changes); });
  neighbour_timer_.set(io::Loop::now());
}

void ScriptService::hand_over() {
  while (runner_.has_room()) {
    const auto event = next();
    if (!event) return;
    runner_.send(*event);
  }
  watch_room();
}

void ScriptService::watch_room() {
  room_ = loop_.watch_writable(runner_.event_descriptor(), [this] {
    runner_.flush();
    if (!runner_.has_room()) return;
    room_ = {};
    hand_over();
  });
}

void ScriptService::announce_leases() {
  if (leases_) leases_->announce_all();
}

void ScriptService::finish() {
  reports_ = {};
  room_ = {};
  take_reports();
  runner_.start_farewell();
  while (const auto event = next()) runner_.send(*event);
}

void ScriptService::file_sent(const tftp::SentFile& file) {
  files_.push_back(script::file_sent(file.size, file.client, file.path));
  hand_over();
}

std::optional<script::Event> ScriptService::next() {
  if (auto event = leases_ ? leases_->take_event() : std::nullopt) {
    return script::lease_event(*event,
                               {.server_duid = leases_->server_duid(),
                                .log_dhcp = settings_.dhcp.log_dhcp,
                                .default_domain = settings_.dns.domain},
                               io::Loop::now());
  }
  if (!neighbour_events_.empty()) {
    auto event = std::move(neighbour_events_.front());
    neighbour_events_.erase(neighbour_events_.begin());
    return event;
  }
  if (files_.empty()) return std::nullopt;
  auto event = std::move(files_.back());
  files_.pop_back();
  return event;
}

void ScriptService::take_reports() {
  for (const auto& line : runner_.take_reports()) log_.write(line);
  if (runner_.process_gone()) reports_ = {};
}

// Those that went are told before those that came.
void ScriptService::neighbours_changed(const io::NeighbourTable::Changes& changes) {
  for (const auto& each : changes.went)
    neighbour_events_.push_back(script::neighbour_went(each.address, each.hardware));
  for (const auto& each : changes.came)
    neighbour_events_.push_back(script::neighbour_came(each.address, each.hardware));
  hand_over();
}

void ScriptService::read_neighbours() {
  const auto now = io::Loop::now();
  neighbours_.refresh(now);
  neighbour_timer_.set(now + io::NeighbourTable::lifetime);
}

}  // namespace swapmasq::app
