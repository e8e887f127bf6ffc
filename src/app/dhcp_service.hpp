// DHCPv4 on real sockets: packets to the engine, and the engine's actions carried out.
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/dhcp_files.hpp"
#include "app/script_service.hpp"
#include "dhcp/engine.hpp"
#include "dhcp/lease_store.hpp"
#include "dns/lease_name.hpp"
#include "dump/packet_dump.hpp"
#include "io/folder_watch.hpp"
#include "io/icmp_probe.hpp"
#include "io/interface_monitor.hpp"
#include "io/loop.hpp"
#include "io/paced_watch.hpp"
#include "io/udp_socket.hpp"
#include "leases/lease_database.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"

namespace swapmasq::app {

// Whether DHCP messages of clients are answered, or at least passed on.
inline bool receives_dhcp(const settings::Dhcp& dhcp) { return dhcp.enabled() || !dhcp.relays.empty(); }

// What has to exist before privileges are dropped: the lease file, read, and the sockets. The lease file comes first,
// so that a bad one wins over an occupied port (spec dhcpv4.md section 1).
class DhcpResources {
 public:
  // Throws StartupError.
  DhcpResources(const settings::Settings& settings, log::Log& log);

  // With bind-interfaces, ties the sockets to the only interface that DHCP is served on, if there is just one. Its
  // name, or empty.
  std::string bind_to_only_interface(const settings::Settings& settings, const net::Interfaces& interfaces);

  // The name of that interface; empty: none.
  const std::string& only_interface() const { return only_interface_; }
  // Does it again, because it may be another interface of that name by now. An errno, or 0.
  int bind_again();

  dhcp::LeaseStore leases;
  std::optional<leases::LeaseDatabase> database;  // not with leasefile-ro
  io::UdpSocket server;
  std::optional<io::UdpSocket> pxe;
  io::Descriptor icmp;  // not with no-ping

 private:
  std::string only_interface_;
  bool server_bound_ = false;
};

class DhcpService {
 public:
  // `scripts` and `dump` may be nothing; `names_changed` is told when the DNS records of leases have to be made anew.
  DhcpService(io::Loop& loop, const settings::Settings& settings, DhcpResources& resources,
              io::InterfaceMonitor& interfaces, const dhcp::HostNames& names, log::Log& log, ScriptService* scripts,
              dump::PacketDump* dump, std::function<void(const dhcp::LeasesChanged&)> names_changed,
              dhcp::Audience* audience);

  // The start-up lines of the ranges.
  void log_ranges() const { engine_.log_ranges(); }
  void start();
  // The host's interfaces have changed.
  void interfaces_changed();
  // Nothing is served any more; the lease file is completed.
  void stop();
  // SIGHUP and the first pass of the loop, after the hosts files were read: reads the files with more hosts and
  // options, and watches their folders; the watch may be null if there are none.
  void reload(io::FolderWatch* watch);
  // A file of any watched folder came, changed or went.
  void read_changed_files(const io::FolderWatch::Change& change);
  // The names and addresses of the hosts files are new.
  void hosts_reloaded();

  // As the DNS needs them.
  std::vector<dns::LeaseName> lease_names() const;
  std::vector<dns::LeaseUpdate> lease_updates(const dhcp::LeasesChanged& change) const;

 private:
  std::size_t receive(io::UdpSocket& socket, bool pxe_port);
  void take_lines();
  void perform(std::vector<dhcp::Action> actions);
  void store(const dhcp::LeasesChanged& change);
  void send(const std::vector<dhcp::Send>& replies);
  void send(io::UdpSocket& socket, const std::vector<dhcp::Send>& replies, bool on_pxe_port);
  void ping(const dhcp::Ping& ping);
  std::optional<dns::LeaseName> dns_name(const dhcp::Lease& lease) const;
  void arm_timer();

  io::Loop& loop_;
  const settings::Settings& settings_;
  DhcpResources& resources_;
  io::InterfaceMonitor& interfaces_;
  log::Log& log_;
  ScriptService* scripts_;
  dump::PacketDump* dump_;
  std::function<void(const dhcp::LeasesChanged&)> names_changed_;
  dhcp::Engine engine_;
  DhcpFiles files_;
  std::optional<io::IcmpProbe> probe_;
  io::Loop::Timer timer_;
  std::optional<TimePoint> armed_;  // what the timer is set to
  std::list<io::PacedWatch> watches_;
  bool binding_lost_ = false;  // and told
};

}  // namespace swapmasq::app
