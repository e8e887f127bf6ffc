// DHCPv4 on real sockets: packets to the engine, and the engine's actions carried out.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dhcp/engine.hpp"
#include "dhcp/lease_file.hpp"
#include "dhcp/lease_store.hpp"
#include "dns/lease_name.hpp"
#include "io/icmp_probe.hpp"
#include "io/interface_monitor.hpp"
#include "io/loop.hpp"
#include "io/udp_socket.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"

namespace swapmasq::app {

// What has to exist before privileges are dropped: the lease file, read, and the sockets. The lease file comes first,
// so that a bad one wins over an occupied port (spec dhcpv4.md section 1).
class DhcpResources {
 public:
  // Throws StartupError.
  DhcpResources(const settings::Settings& settings, log::Log& log);

  // With bind-interfaces, ties the sockets to the only interface that DHCP is served on, if there is just one. Its
  // name, or empty.
  std::string bind_to_only_interface(const settings::Settings& settings, const net::Interfaces& interfaces);

  dhcp::LeaseStore leases;
  std::unique_ptr<dhcp::LeaseFile> file;  // not with leasefile-ro
  io::UdpSocket server;
  std::optional<io::UdpSocket> pxe;
  io::Descriptor icmp;  // not with no-ping
};

class DhcpService {
 public:
  // `names_changed` is told when the DNS records of the leases have to be made anew.
  DhcpService(io::Loop& loop, const settings::Settings& settings, DhcpResources& resources,
              io::InterfaceMonitor& interfaces, const dhcp::HostNames& names, log::Log& log,
              std::function<void()> names_changed, dhcp::Audience* audience);

  // The start-up lines of the ranges.
  void log_ranges() const { engine_.log_ranges(); }
  void start();
  // After the hosts files were read.
  void hosts_reloaded();

  std::vector<dns::LeaseName> lease_names() const;

 private:
  void receive(io::UdpSocket& socket, bool pxe_port);
  void perform(const std::vector<dhcp::Action>& actions);
  void perform(const dhcp::Send& send);
  void perform(const dhcp::Ping& ping);
  void perform(const dhcp::LeasesChanged& change);
  void write_leases(TimePoint now);
  void arm_timer();

  io::Loop& loop_;
  const settings::Settings& settings_;
  DhcpResources& resources_;
  io::InterfaceMonitor& interfaces_;
  log::Log& log_;
  std::function<void()> names_changed_;
  dhcp::Engine engine_;
  std::optional<io::IcmpProbe> probe_;
  io::Loop::Timer timer_;
  std::vector<io::Loop::Watch> watches_;
};

}  // namespace swapmasq::app
