// The DHCPv4, BOOTP and PXE server as a function from packets and time to actions (spec dhcpv4.md, pxe.md).
//
// It owns no socket, clock or thread. The caller hands in datagrams with the interface snapshot of that moment, does
// what the returned actions say, in order, and calls `tick` when `next_event` is due. A client whose offer waits for a
// ping or a dhcp-reply-delay is kept aside and never holds up another one.
//
// Settings, store, names, log and audience are borrowed and must outlive the engine.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "dhcp/action.hpp"
#include "dhcp/audience.hpp"
#include "dhcp/host_names.hpp"
#include "dhcp/hosts.hpp"
#include "dhcp/lease_store.hpp"
#include "dhcp/packet.hpp"
#include "dhcp/random.hpp"
#include "log/line.hpp"
#include "net/interfaces.hpp"
#include "settings/settings.hpp"

namespace swapmasq::dhcp {

class Engine {
 public:
  // `audience` may be nothing.
  Engine(const settings::Settings& settings, LeaseStore& leases, const HostNames& names, log::Log& log, Random random,
         Audience* audience = nullptr);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // The `DHCP, IP range ...` and `DHCP relay ...` lines (spec section 1.1).
  void log_ranges() const;

  // The dhcp-host and dhcp-option lines in force from now on, the oldest first; to be followed by hosts_reloaded().
  void set_host_lines(const std::vector<HostLine>& lines);
  void set_option_lines(std::vector<settings::DhcpOption> lines);

  // After start and after every reload of the hosts files or of the lines: dhcp-host names without an address take the
  // one that the hosts files have, and leases take the names that dhcp-host lines and hosts files give them.
  [[nodiscard]] std::vector<Action> hosts_reloaded(const net::Interfaces& interfaces);

  // Leases that were read at the start are taken to be of the interface in whose subnet they are.
  void find_interfaces(const net::Interfaces& interfaces);

  [[nodiscard]] std::vector<Action> receive(const Packet& packet, const net::Interfaces& interfaces, TimePoint now);

  // The outcome of a Ping action. Ids that are not waited for are ignored.
  [[nodiscard]] std::vector<Action> ping_finished(PingId id, bool answered, TimePoint now);

  // Ends leases and sends delayed replies whose time has come.
  [[nodiscard]] std::vector<Action> tick(TimePoint now);

  // When tick has something to do; nothing: not before the next packet.
  std::optional<TimePoint> next_event() const;

 private:
  std::vector<Action> finish();

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace swapmasq::dhcp
