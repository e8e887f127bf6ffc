// Everything that runs once the process has its final identity: the loop, the services, reload, and listeners that come
// and go with the host's addresses.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/adapters.hpp"
#include "app/boot_stories.hpp"
#include "app/dhcp_service.hpp"
#include "app/dns_control.hpp"
#include "app/listeners.hpp"
#include "app/script_service.hpp"
#include "app/tftp_audience.hpp"
#include "app/tftp_service.hpp"
#include "control/server.hpp"
#include "io/interface_monitor.hpp"
#include "io/loop.hpp"
#include "log/output.hpp"
#include "settings/settings.hpp"

namespace swapmasq::app {

class Daemon {
 public:
  enum class End { terminated, interrupted };  // SIGTERM; SIGINT with no-daemon

  // `dhcp` is nothing without a dhcp-range, `dump` without a dumpfile, `scripts` without a lease-change script. All
  // arguments outlive the daemon.
  Daemon(const settings::Settings& settings, log::Output& log, io::InterfaceMonitor& interfaces, DhcpResources* dhcp,
         dump::PacketDump* dump, script::Runner* scripts);

  // What has to be looked at as the final user. Throws StartupError.
  void prepare();
  // The start-up lines of the services. `only_dhcp_interface`: what the DHCP sockets are bound to; empty: nothing.
  void log_startup(const std::string& only_dhcp_interface);
  // Serves until a signal ends it. `control`: the control socket, if there is one.
  End serve(Sockets sockets, io::Descriptor control);

 private:
  void take(Sockets sockets);
  void answer_requests(io::Descriptor control);
  void interfaces_changed();
  void rebind();
  std::unique_ptr<DnsControl> make_dns(dump::PacketDump* dump);
  void reload();
  void reload_hosts();
  void read_changed(const std::vector<io::FolderWatch::Change>& changes);
  void publish_lease_names();
  void publish(const dhcp::LeasesChanged& change);
  void handle_signals();

  const settings::Settings& settings_;
  log::Output& log_;
  io::InterfaceMonitor& interfaces_;
  io::Loop loop_;
  std::unique_ptr<DnsControl> dns_;         // null with port=0
  std::optional<io::FolderWatch> folders_;  // of hostsdir, dhcp-hostsdir and dhcp-optsdir
  HostsData hosts_;
  ClientHardware hardware_;
  std::optional<ScriptService> scripts_;
  std::optional<BootStories> stories_;
  std::optional<TftpAudience> tftp_audience_;
  std::optional<DhcpService> dhcp_;
  std::optional<TftpService> tftp_;
  std::optional<control::Server> control_;
  io::Loop::Timer rebind_timer_;
  io::Loop::Timer flush_timer_;
  io::Loop::Watch address_watch_;
  std::vector<Listener> bound_;
  std::vector<Listener> tentative_;
  End end_ = End::terminated;
};

}  // namespace swapmasq::app
