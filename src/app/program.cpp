#include "app/program.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>

#include "app/boots_command.hpp"
#include "app/daemon.hpp"
#include "app/script_service.hpp"
#include "app/startup_lines.hpp"
#include "control/socket_file.hpp"
#include "io/interface_monitor.hpp"
#include "log/daemon_lines.hpp"
#include "log/dhcp_socket_lines.hpp"
#include "system/background.hpp"
#include "system/identity.hpp"
#include "system/pid_file.hpp"

namespace swapmasq::app {

namespace {

using Mode = settings::Daemon::Mode;
using Binding = settings::Net::Binding;

constexpr std::uint16_t last_privileged_port = 1024;

system::Privileges privileges_to_keep(const settings::Settings& settings, const Sockets& sockets) {
  const bool server_on_interface =
      settings.dns.rules.any_says([](const auto& rule) { return !rule.source_interface.empty(); });
  // Without dhcp-broadcast for everybody, replies go to clients that have no address yet.
  const auto& broadcast = settings.dhcp.broadcast;
  const bool always_broadcast =
      std::any_of(broadcast.begin(), broadcast.end(), [](const auto& tags) { return tags.empty(); });
  const bool low_port = settings.tftp.enabled || (settings.dns.enabled() && settings.dns.port <= last_privileged_port);
  const bool binds_later = settings.net.binding == Binding::dynamic || !sockets.tentative.empty();
  return {.net_admin = receives_dhcp(settings.dhcp) && !always_broadcast,
          .net_raw = (receives_dhcp(settings.dhcp) && !settings.dhcp.no_ping) || server_on_interface,
          .net_bind_service = low_port && binds_later};
}

void report_to_user(const StartupError& error) {
  log::Output system_log;
  report_failure(error, system_log);
}

// From here on relative names are relative to "/" (spec config-language.md section 1).
system::StartupReport leave_the_user(Mode mode) {
  if (mode == Mode::debug) return {};
  if (chdir("/") != 0) {
    throw StartupError(ExitCode::other, fmt::format("cannot chdir to filesystem root: {}", strerror(errno)));
  }
  if (mode == Mode::foreground) return {};
  return system::StartupReport::fork_into_background(report_to_user);
}

// `scripts` becomes the process that runs lease-change scripts, which is made while this one is still root.
IdentityWarnings take_identity(const settings::Settings& settings, const system::Identity& identity,
                               const system::Privileges& privileges,
                               const std::optional<script::RunnerOptions>& script_options,
                               std::unique_ptr<script::Runner>& scripts, log::Output& log) {
  const auto& daemon = settings.daemon;
  const bool debug = daemon.mode == Mode::debug;
  const uid_t owner = debug ? 0 : identity.uid.value_or(0);
  IdentityWarnings warnings;
  if (!debug && !daemon.pid_file.empty()) {
    warnings.pid_file = system::write_pid_file(daemon.pid_file, owner, identity.primary_group);
  }
  warnings.log_file = log.open(daemon, owner);
  if (!debug) system::detach_standard_streams();
  if (script_options) scripts = std::make_unique<script::Runner>(*script_options);
  if (!debug) system::become(identity, privileges);
  return warnings;
}

// Nobody needs it to be served, so failure is a line in the log. Users other than root are not bothered with it: as
// with the pid file, they rarely may write where it belongs.
struct ControlSocket {
  std::optional<control::SocketFile> file;
  std::optional<log::Line> warning;

  io::Descriptor take() { return file ? file->take_socket() : io::Descriptor{}; }
};

ControlSocket make_control_socket(const settings::Settings& settings, const system::Identity& identity) {
  if (!has_boot_stories(settings)) return {};
  const bool debug = settings.daemon.mode == Mode::debug;
  const auto path = control::socket_path(settings.daemon.pid_file);
  auto socket = control::SocketFile::create(path, debug ? std::nullopt : identity.uid);
  if (socket) return {std::move(*socket), std::nullopt};
  if (getuid() != 0) return {};
  return {std::nullopt, log::control_socket_failed(path, strerror(socket.error()))};
}

int exit_code(Daemon::End end) {
  return static_cast<int>(end == Daemon::End::terminated ? ExitCode::success : ExitCode::other);
}

}  // namespace

int run(const settings::Settings& settings, log::Output& log) {
  system::tidy_descriptors();
  std::optional<DhcpResources> dhcp;
  if (receives_dhcp(settings.dhcp)) dhcp.emplace(settings, log);
  io::InterfaceMonitor interfaces;
  const auto listeners = wanted_listeners(settings, *interfaces.current());
  const auto only_dhcp_interface = dhcp ? dhcp->bind_to_only_interface(settings, *interfaces.current()) : std::string{};
  auto sockets = open_sockets(settings, listeners);
  std::optional<dump::PacketDump> dump;
  if (!settings.daemon.dump_file.empty()) dump.emplace(settings, log);
  const auto identity = system::find_identity(settings.daemon);
  const auto scripts_wanted = script_options(settings);
  const auto privileges = privileges_to_keep(settings, sockets);
  system::check_capabilities(privileges);

  auto report = leave_the_user(settings.daemon.mode);
  std::unique_ptr<script::Runner> scripts;
  try {
    auto control = make_control_socket(settings, identity);
    const auto warnings = take_identity(settings, identity, privileges, scripts_wanted, scripts, log);
    Daemon daemon{settings, log, interfaces, dhcp ? &*dhcp : nullptr, dump ? &*dump : nullptr, scripts.get()};
    daemon.prepare();
    log_startup(settings, *interfaces.current(), listeners, warnings, log);
    daemon.log_startup(only_dhcp_interface);
    if (control.warning) log.write(*control.warning);
    report.complete();
    const auto end = daemon.serve(std::move(sockets), control.take());
    if (end == Daemon::End::terminated) {
      if (settings.daemon.mode != Mode::debug && !settings.daemon.pid_file.empty()) {
        system::remove_pid_file(settings.daemon.pid_file);
      }
      log.write(log::exiting_on_sigterm());
      log.pump();
    }
    return exit_code(end);
  } catch (const StartupError& error) {
    if (!report.parent_waits()) throw;
    report.failed(error);
    return 0;
  }
}

void report_failure(const StartupError& error, log::Output& log) {
  if (!log.on_stderr()) std::fputs(fmt::format("\ndnsmasq: {}\n", error.what()).c_str(), stderr);
  log.copy_to_stderr(false);
  log.write(log::fatal(error.what()));
  log.write(log::failed_to_start_up());
  log.pump();
}

}  // namespace swapmasq::app
