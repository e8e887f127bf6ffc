#include "app/listeners.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <utility>

#include "app/dns_threads.hpp"
#include "base/startup_error.hpp"
#include "io/message_server.hpp"
#include "net/access.hpp"

namespace swapmasq::app {

namespace {

constexpr std::uint16_t tftp_port = 69;
constexpr int tcp_backlog = 32;
constexpr std::size_t dns_batch = 32;
constexpr std::size_t dns_receive_buffer = 2 << 20;  // some thousand queries, while we are busy
constexpr std::size_t tftp_datagram = 2048;
// Requests beyond tftp-max have to wait in the kernel.
constexpr std::size_t tftp_batch = 1;

using Binding = settings::Net::Binding;

Endpoint with_port(Endpoint endpoint, std::uint16_t port) {
  endpoint.port = port;
  return endpoint;
}

std::vector<Listener> per_address(const settings::Settings& settings, const net::Interfaces& interfaces) {
  const net::Access access{settings.net};
  std::vector<Listener> wanted;
  const auto add = [&](const IpAddress& address, const std::string& name, const net::Interface* interface) {
    const bool scoped = !address.is_v4() && address.v6().link_local() && interface;
    wanted.push_back({.local = {.address = address, .scope_id = scoped ? interface->index : 0},
                      .interface = name,
                      .interface_index = interface ? interface->index : 0,
                      .dns = settings.dns.enabled(),
                      .tftp = settings.tftp.enabled && access.tftp_on_bound_address(settings.tftp, name)});
  };
  for (const auto& interface : interfaces) {
    for (const auto& address : interface.addresses) {
      const auto& name = address.label.empty() ? interface.name : address.label;
      if (access.accepts(name, interface.loopback, address.address)) add(address.address, name, &interface);
    }
  }
  // dnsmasq binds the address that it found last first, which shows when a port is taken.
  std::reverse(wanted.begin(), wanted.end());
  if (settings.net.binding == Binding::dynamic) return wanted;
  // With bind-interfaces a listen-address that nobody has is tried all the same, and fails the start.
  for (const auto& address : settings.net.listen_addresses) {
    const bool known = std::any_of(wanted.begin(), wanted.end(),
                                   [&](const Listener& listener) { return listener.local.address == address; });
    if (!known) add(address, "", nullptr);
  }
  return wanted;
}

[[noreturn]] void cannot_listen(const Listener& listener, std::uint16_t port, int error) {
  const auto what =
      listener.local.address.unspecified() ? fmt::format("port {}", port) : listener.local.address.to_string();
  throw StartupError(ExitCode::network,
                     fmt::format("failed to create listening socket for {}: {}", what, strerror(error)));
}

}  // namespace

std::vector<Listener> wanted_listeners(const settings::Settings& settings, const net::Interfaces& interfaces) {
  if (settings.net.binding == Binding::wildcard) {
    const Listener any{.dns = settings.dns.enabled(), .tftp = settings.tftp.enabled};
    auto any6 = any;
    any6.local.address = Ipv6{};
    return {any, any6};
  }
  if (settings.net.binding == Binding::interfaces) {
    const auto missing = net::missing_interfaces(settings.net, interfaces);
    if (!missing.empty()) throw StartupError(ExitCode::network, fmt::format("unknown interface {}", missing.front()));
  }
  return per_address(settings, interfaces);
}

Sockets open_sockets(const settings::Settings& settings, const std::vector<Listener>& wanted) {
  const auto further_threads = dns_threads(settings.dns) - 1;
  const bool v4_packet_info = settings.net.binding != Binding::interfaces;
  Sockets sockets;
  for (const auto& listener : wanted) {
    const bool v4 = listener.local.address.is_v4();
    const bool may_come_later = listener.interface_index != 0 && (!v4 || settings.net.binding == Binding::dynamic);
    const auto unusable = [&](std::uint16_t port, int error) {
      // A kernel without the family is skipped without a word.
      if (error == EAFNOSUPPORT) return;
      if (error != EADDRNOTAVAIL || !may_come_later) cannot_listen(listener, port, error);
      sockets.tentative.push_back(listener);
    };
    const auto open_udp = [&](std::uint16_t port, std::size_t largest, std::size_t batch, std::size_t buffer) {
      return io::UdpSocket::open({.local = with_port(listener.local, port),
                                  .reuse_address = true,
                                  .reuse_port = port != tftp_port && further_threads > 0,
                                  .packet_info = !v4 || v4_packet_info,
                                  .fragment = port == tftp_port,
                                  .largest = largest,
                                  .receive_buffer = buffer,
                                  .batch = batch,
                                  .join = port != tftp_port});
    };
    if (listener.dns) {
      const auto port = settings.dns.port;
      const auto open_dns = [&] {
        // Datagrams that are too large must be seen as such.
        return open_udp(port, std::size_t{settings.dns.edns_packet_max} + 1, dns_batch, dns_receive_buffer);
      };
      auto udp = open_dns();
      if (!udp) {
        unusable(port, udp.error().error);
        continue;
      }
      auto tcp = io::listen_tcp(with_port(listener.local, port), tcp_backlog);
      if (!tcp) {
        unusable(port, tcp.error());
        continue;
      }
      std::vector<io::UdpSocket> further;
      while (udp && further.size() < further_threads) {
        further.push_back(std::move(*udp));
        udp = open_dns();
      }
      if (!udp) {
        unusable(port, udp.error().error);
        continue;
      }
      sockets.dns.push_back({listener, std::move(*udp), std::move(*tcp), std::move(further)});
    }
    if (listener.tftp) {
      auto udp = open_udp(tftp_port, tftp_datagram, tftp_batch, 0);
      if (!udp) {
        unusable(tftp_port, udp.error().error);
        continue;
      }
      sockets.tftp.push_back({listener, std::move(*udp)});
    }
    sockets.bound.push_back(listener);
  }
  return sockets;
}

}  // namespace swapmasq::app
