#include "app/dhcp_service.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <utility>

#include "app/random.hpp"
#include "base/startup_error.hpp"
#include "io/neighbours.hpp"
#include "log/dhcp_socket_lines.hpp"
#include "net/access.hpp"

namespace swapmasq::app {

namespace {

constexpr std::uint16_t pxe_port = 4011;
constexpr std::uint8_t tos_network_control = 0xc0;
constexpr std::size_t largest_datagram = 65535;

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
                                     .largest = largest_datagram});
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

std::unique_ptr<dhcp::LeaseFile> open_lease_file(const settings::Dhcp& dhcp, dhcp::LeaseStore& leases, log::Log& log) {
  if (dhcp.lease_file_read_only) return nullptr;
  return std::make_unique<dhcp::LeaseFile>(dhcp.lease_file, leases, log, io::Loop::now());
}

std::optional<io::UdpSocket> open_pxe_socket(const settings::Settings& settings) {
  if (settings.dhcp.pxe_services.empty() && settings.dhcp.pxe_prompts.empty()) return std::nullopt;
  return open_socket(settings, pxe_port);
}

}  // namespace

DhcpResources::DhcpResources(const settings::Settings& settings, log::Log& log)
    : leases(settings.dhcp.lease_max, settings.dhcp.fqdn),
      file(open_lease_file(settings.dhcp, leases, log)),
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
  if (only.empty()) return {};
  for (auto* socket : {&server, pxe ? &*pxe : nullptr}) {
    const int error = socket ? socket->bind_to_device(only) : 0;
    if (error != 0 && error != EPERM) {
      throw StartupError(ExitCode::network,
                         fmt::format("failed to set SO_BINDTODEVICE on DHCP socket: {}", strerror(error)));
    }
  }
  return only;
}

DhcpService::DhcpService(io::Loop& loop, const settings::Settings& settings, DhcpResources& resources,
                         io::InterfaceMonitor& interfaces, const dhcp::HostNames& names, log::Log& log,
                         std::function<void()> names_changed, dhcp::Audience* audience)
    : loop_(loop),
      settings_(settings),
      resources_(resources),
      interfaces_(interfaces),
      log_(log),
      names_changed_(std::move(names_changed)),
      engine_(settings, resources.leases, names, log, random_u32, audience),
      timer_(loop, [this] {
        const auto now = io::Loop::now();
        const auto retry = resources_.file ? resources_.file->retry_at() : std::nullopt;
        if (retry && *retry <= now) write_leases(now);
        perform(engine_.tick(now));
      }) {
  if (resources_.icmp) probe_.emplace(loop, std::move(resources_.icmp));
}

void DhcpService::start() {
  watches_.push_back(loop_.watch_readable(resources_.server.fd(), [this] { receive(resources_.server, false); }));
  if (resources_.pxe) {
    watches_.push_back(loop_.watch_readable(resources_.pxe->fd(), [this] { receive(*resources_.pxe, true); }));
  }
  arm_timer();
}

void DhcpService::hosts_reloaded() { perform(engine_.hosts_reloaded(*interfaces_.current())); }

std::vector<dns::LeaseName> DhcpService::lease_names() const {
  std::vector<dns::LeaseName> names;
  resources_.leases.for_each([&](const dhcp::Lease& lease) {
    if (lease.name.empty()) return;
    names.push_back({.name = settings_.dhcp.fqdn ? std::string{} : lease.name,
                     .qualified = lease.fqdn,
                     .address = lease.address,
                     .expires = lease.never_expires() ? std::nullopt : std::optional{at_seconds(lease.expires)}});
  });
  return names;
}

void DhcpService::receive(io::UdpSocket& socket, bool on_pxe_port) {
  const auto interfaces = interfaces_.current();
  const auto now = io::Loop::now();
  socket.receive([&](const io::Datagram& datagram) {
    if (!datagram.destination || !datagram.destination->is_v4()) return;
    perform(engine_.receive({.bytes = datagram.bytes,
                             .source = datagram.source,
                             .destination = datagram.destination->v4(),
                             .interface_index = datagram.interface_index,
                             .pxe_port = on_pxe_port},
                            *interfaces, now));
  });
}

void DhcpService::perform(const std::vector<dhcp::Action>& actions) {
  for (const auto& action : actions) {
    std::visit([this](const auto& what) { perform(what); }, action);
  }
  arm_timer();
}

void DhcpService::perform(const dhcp::Send& send) {
  auto& socket = send.from_pxe_port && resources_.pxe ? *resources_.pxe : resources_.server;
  const unsigned egress = send.egress_interface.value_or(0);
  if (send.neighbour) {
    const auto interfaces = interfaces_.current();
    const auto* interface = net::find_interface(*interfaces, egress);
    const int error =
        interface ? io::add_neighbour(socket.fd(), interface->name, send.neighbour->address, send.neighbour->hardware)
                  : ENODEV;
    if (error != 0) log_.write(log::arp_injection_failed(strerror(error)));
  }
  const int error =
      socket.send(send.bytes, {.address = send.destination, .port = send.port}, {.interface_index = egress});
  if (error != 0) log_.write(log::dhcp_send_failed(send.destination, strerror(error)));
}

void DhcpService::perform(const dhcp::Ping& ping) {
  const auto finished = [this, id = ping.id](bool answered) {
    perform(engine_.ping_finished(id, answered, io::Loop::now()));
  };
  if (probe_) {
    probe_->ping(ping.address, ping.timeout, finished);
  } else {
    loop_.post([finished] { finished(false); });
  }
}

void DhcpService::perform(const dhcp::LeasesChanged& change) {
  if (change.file) write_leases(io::Loop::now());
  if (change.names) names_changed_();
}

void DhcpService::write_leases(TimePoint now) {
  if (resources_.file) resources_.file->write(resources_.leases, log_, now);
}

void DhcpService::arm_timer() {
  auto next = engine_.next_event();
  const auto retry = resources_.file ? resources_.file->retry_at() : std::nullopt;
  if (retry && (!next || *retry < *next)) next = retry;
  if (next) {
    timer_.set(*next);
  } else {
    timer_.cancel();
  }
}

}  // namespace swapmasq::app
