#include "app/dhcp_service.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <iterator>
#include <utility>

#include "app/random.hpp"
#include "base/startup_error.hpp"
#include "dhcp/lease_file_format.hpp"
#include "io/neighbours.hpp"
#include "log/dhcp_socket_lines.hpp"
#include "net/access.hpp"
#include "script/lease_init.hpp"

namespace swapmasq::app {

namespace {

constexpr std::uint16_t pxe_port = 4011;
constexpr std::uint8_t tos_network_control = 0xc0;
constexpr std::size_t largest_datagram = 65535;
constexpr std::size_t receive_buffer = 4 << 20;  // for a second in which a whole network comes up

io::UdpSocket open_socket(const settings::Settings& settings, std::uint16_t port) {
  using Step = io::UdpError::Step;
  const bool shared = settings.net.binding != settings::Net::Binding::wildcard;
  auto socket = io::UdpSocket::open({.local = {.port = port},
                                     .reuse_address = shared,
                                     .reuse_port = shared,
                                     .packet_info = true,
                                     .broadcast = true,
                                     .fragment = true,
                                     .tos = tos_network_control,
                                     .largest = largest_datagram,
                                     .receive_buffer = receive_buffer});
  if (socket) return std::move(*socket);
  const auto what = [](Step step) {
    switch (step) {
      case Step::create:
        return "cannot create DHCP socket";
      case Step::options:
        return "failed to set options on DHCP socket";
      case Step::reuse:
        return "failed to set SO_REUSE{ADDR|PORT} on DHCP socket";
      case Step::bind:
        break;
    }
    return "failed to bind DHCP server socket";
  };
  throw StartupError(ExitCode::network,
                     fmt::format("{}: {}", what(socket.error().step), strerror(socket.error().error)));
}

std::optional<io::UdpSocket> open_pxe_socket(const settings::Settings& settings) {
  if (settings.dhcp.pxe_services.empty() && settings.dhcp.pxe_prompts.empty()) return std::nullopt;
  return open_socket(settings, pxe_port);
}

dhcp::LeaseEventPolicy lease_event_policy(const settings::Dhcp& dhcp) {
  return {.enabled = !dhcp.script.path.empty() || !dhcp.script.lua_file.empty(),
          .renewals = dhcp.script.on_renewal || dhcp.lease_file_read_only,
          .client_ids = dhcp.lease_file_read_only};
}

// With leasefile-ro the leases come from the script.
std::optional<leases::LeaseDatabase> open_database(const settings::Dhcp& config, dhcp::LeaseStore& leases,
                                                   log::Log& log) {
  if (!config.enabled()) return std::nullopt;
  const auto now = io::Loop::now();
  if (!config.lease_file_read_only) {
    return std::optional<leases::LeaseDatabase>{std::in_place, config.lease_file, leases, log, now};
  }
  if (!config.script.path.empty()) {
    dhcp::restore(dhcp::parse_lease_file(script::run_lease_init(config.script.path)), leases, log);
    leases.remove_expired(seconds_of(now));
  }
  return std::nullopt;
}

}  // namespace

DhcpResources::DhcpResources(const settings::Settings& settings, log::Log& log)
    : leases(settings.dhcp.lease_max, settings.dhcp.fqdn, lease_event_policy(settings.dhcp)),
      database(open_database(settings.dhcp, leases, log)),
      server(open_socket(settings, settings.dhcp.server_port)),
      pxe(open_pxe_socket(settings)),
      icmp(settings.dhcp.no_ping ? io::Descriptor{} : io::IcmpProbe::open()) {}

std::string DhcpResources::bind_to_only_interface(const settings::Settings& settings,
                                                  const net::Interfaces& interfaces) {
  const auto& names = settings.net.interfaces;
  const bool wild =
      std::any_of(names.begin(), names.end(), [](const auto& n) { return n.find('*') != std::string::npos; });
  if (settings.net.binding == settings::Net::Binding::wildcard || names.empty() || wild ||
      !net::missing_interfaces(settings.net, interfaces).empty()) {
    return {};
  }
  const net::Access access{settings.net};
  std::string only;
  for (const auto& interface : interfaces) {
    if (interface.loopback || access.dhcp4_forbidden(interface.name)) continue;
    const bool served = std::any_of(interface.addresses.begin(), interface.addresses.end(), [&](const auto& a) {
      return access.accepts(a.label.empty() ? interface.name : a.label, false, a.address);
    });
    if (!served) continue;
    if (!only.empty()) return {};
    only = interface.name;
  }
  // Servers' replies to a relay come in elsewhere.
  server_bound_ = settings.dhcp.relays.empty();
  if (only.empty() || (!server_bound_ && !pxe)) return {};
  only_interface_ = std::move(only);
  if (const int error = bind_again(); error != 0) {
    throw StartupError(ExitCode::network,
                       fmt::format("failed to set SO_BINDTODEVICE on DHCP socket: {}", strerror(error)));
  }
  return only_interface_;
}

int DhcpResources::bind_again() {
  if (only_interface_.empty()) return 0;
  for (auto* socket : {server_bound_ ? &server : nullptr, pxe ? &*pxe : nullptr}) {
    const int error = socket ? socket->bind_to_device(only_interface_) : 0;
    if (error != 0 && error != EPERM) return error;
  }
  return 0;
}

DhcpService::DhcpService(io::Loop& loop, const settings::Settings& settings, DhcpResources& resources,
                         io::InterfaceMonitor& interfaces, const dhcp::HostNames& names, log::Log& log,
                         ScriptService* scripts, dump::PacketDump* dump,
                         std::function<void(const dhcp::LeasesChanged&)> names_changed, dhcp::Audience* audience)
    : loop_(loop),
      settings_(settings),
      resources_(resources),
      interfaces_(interfaces),
      log_(log),
      scripts_(scripts),
      dump_(dump),
      names_changed_(std::move(names_changed)),
      engine_(settings, resources.leases, names, log, random_u32, audience),
      files_(settings.dhcp, log),
      timer_(loop, [this] {
        armed_.reset();
        const auto now = io::Loop::now();
        if (resources_.database) resources_.database->tick(now);
        perform(engine_.tick(now));
      }) {
  if (resources_.icmp) probe_.emplace(loop, std::move(resources_.icmp));
}

void DhcpService::start() {
  engine_.find_interfaces(*interfaces_.current());
  watches_.emplace_back(loop_, resources_.server.fd(), [this] { return receive(resources_.server, false); });
  if (resources_.pxe) {
    watches_.emplace_back(loop_, resources_.pxe->fd(), [this] { return receive(*resources_.pxe, true); });
  }
  if (resources_.database) {
    resources_.database->start([this] {
      loop_.post([this] {
        resources_.database->tick(io::Loop::now());
        arm_timer();
      });
    });
  }
  arm_timer();
}

void DhcpService::interfaces_changed() {
  if (resources_.bind_again() == 0 || std::exchange(binding_lost_, true)) return;
  log_.write(log::dhcp_binding_lost(resources_.only_interface()));
}

void DhcpService::stop() {
  if (resources_.database) resources_.database->close(io::Loop::now());
}

void DhcpService::reload(io::FolderWatch* watch) {
  if (files_.configured()) {
    files_.reload(watch);
    take_lines();
  }
  hosts_reloaded();
}

void DhcpService::read_changed_files(const io::FolderWatch::Change& change) {
  if (!files_.read(change)) return;
  take_lines();
  hosts_reloaded();
}

void DhcpService::take_lines() {
  engine_.set_host_lines(files_.host_lines());
  engine_.set_option_lines(files_.option_lines());
}

void DhcpService::hosts_reloaded() { perform(engine_.hosts_reloaded(*interfaces_.current())); }

std::optional<dns::LeaseName> DhcpService::dns_name(const dhcp::Lease& lease) const {
  if (lease.name.empty()) return std::nullopt;
  return dns::LeaseName{.name = settings_.dhcp.fqdn ? std::string{} : lease.name,
                        .qualified = lease.fqdn,
                        .address = lease.address,
                        .expires = lease.never_expires() ? std::nullopt : std::optional{at_seconds(lease.expires)}};
}

std::vector<dns::LeaseName> DhcpService::lease_names() const {
  std::vector<dns::LeaseName> names;
  resources_.leases.for_each([&](const dhcp::Lease& lease) {
    if (auto name = dns_name(lease)) names.push_back(std::move(*name));
  });
  return names;
}

std::vector<dns::LeaseUpdate> DhcpService::lease_updates(const dhcp::LeasesChanged& change) const {
  std::vector<dns::LeaseUpdate> updates;
  for (const auto& each : change.leases) {
    if (!each.names) continue;
    const auto* lease = resources_.leases.find(each.address);
    updates.push_back({each.address, lease ? dns_name(*lease) : std::nullopt});
  }
  return updates;
}

std::size_t DhcpService::receive(io::UdpSocket& socket, bool on_pxe_port) {
  const auto interfaces = interfaces_.current();
  const auto now = io::Loop::now();
  std::vector<dhcp::Action> actions;
  const auto received = socket.receive([&](const io::Datagram& datagram) {
    if (!datagram.destination || !datagram.destination->is_v4()) return;
    if (dump_) {
      dump_->packet(dump::PacketKind::dhcp4, datagram.source,
                    {.address = *datagram.destination, .port = socket.local().port}, datagram.bytes);
    }
    auto more = engine_.receive({.bytes = datagram.bytes,
                                 .source = datagram.source,
                                 .destination = datagram.destination->v4(),
                                 .interface_index = datagram.interface_index,
                                 .pxe_port = on_pxe_port},
                                *interfaces, now);
    std::move(more.begin(), more.end(), std::back_inserter(actions));
    // Scripts hear of every message's changes, not of what comes of a batch.
    if (scripts_) scripts_->hand_over();
  });
  if (received != 0) perform(std::move(actions));
  return received;
}

// What has changed is stored once for all, before anybody is told.
void DhcpService::perform(std::vector<dhcp::Action> actions) {
  dhcp::LeasesChanged change;
  std::vector<dhcp::Send> replies;
  std::vector<dhcp::Ping> pings;
  for (auto& action : actions) {
    if (const auto* more = std::get_if<dhcp::LeasesChanged>(&action)) {
      change.add(*more);
    } else if (auto* reply = std::get_if<dhcp::Send>(&action)) {
      replies.push_back(std::move(*reply));
    } else {
      pings.push_back(std::get<dhcp::Ping>(action));
    }
  }
  if (change.any()) store(change);
  send(replies);
  for (const auto& each : pings) ping(each);
  if (scripts_) scripts_->hand_over();
  arm_timer();
}

void DhcpService::store(const dhcp::LeasesChanged& change) {
  if (resources_.database) resources_.database->save(change, io::Loop::now());
  if (change.names) names_changed_(change);
}

void DhcpService::send(const std::vector<dhcp::Send>& replies) {
  for (const auto& reply : replies) {
    if (!reply.neighbour) continue;
    const auto interfaces = interfaces_.current();
    const auto* interface = net::find_interface(*interfaces, reply.egress_interface.value_or(0));
    const int error = interface ? io::add_neighbour(resources_.server.fd(), interface->name, reply.neighbour->address,
                                                    reply.neighbour->hardware)
                                : ENODEV;
    if (error != 0) log_.write(log::arp_injection_failed(strerror(error)));
  }
  send(resources_.server, replies, false);
  if (resources_.pxe) send(*resources_.pxe, replies, true);
}

void DhcpService::send(io::UdpSocket& socket, const std::vector<dhcp::Send>& replies, bool on_pxe_port) {
  std::vector<io::Outgoing> batch;
  for (const auto& reply : replies) {
    if ((reply.from_pxe_port && resources_.pxe) != on_pxe_port) continue;
    batch.push_back({.bytes = reply.bytes,
                     .to = Endpoint{.address = reply.destination, .port = reply.port},
                     .via = {.source = reply.source, .interface_index = reply.egress_interface.value_or(0)}});
    if (dump_) dump_->packet(dump::PacketKind::dhcp4, socket.local(), *batch.back().to, reply.bytes);
  }
  socket.send_batch(batch, [&](std::size_t which, int error) {
    log_.write(log::dhcp_send_failed(batch[which].to->address.v4(), strerror(error)));
  });
}

void DhcpService::ping(const dhcp::Ping& ping) {
  const auto finished = [this, id = ping.id](bool answered) {
    perform(engine_.ping_finished(id, answered, io::Loop::now()));
  };
  if (probe_) {
    probe_->ping(ping.address, ping.timeout, finished);
  } else {
    loop_.post([finished] { finished(false); });
  }
}

void DhcpService::arm_timer() {
  auto next = engine_.next_event();
  const auto storing = resources_.database ? resources_.database->next_event() : std::nullopt;
  if (storing && (!next || *storing < *next)) next = storing;
  if (next == armed_) return;
  armed_ = next;
  if (next) {
    timer_.set(*next);
  } else {
    timer_.cancel();
  }
}

}  // namespace swapmasq::app
