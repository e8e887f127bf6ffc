#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "check/checks.hpp"
#include "net/access.hpp"

namespace swapmasq::check {

namespace {

using grammar::Option;

struct Service {
  std::string_view name;
  std::uint16_t port;
  bool tcp;
  const Entry* entry;  // the option that switches it on or names the port; null: none does
};

std::vector<Service> services_of(const Subject& subject) {
  constexpr std::uint16_t tftp_port = 69;
  const auto& settings = subject.settings;
  std::vector<Service> services;
  if (settings.dns.port != 0)
    services.push_back({"DNS", settings.dns.port, true, subject.entries.first_of(Option::port)});
  const auto* const range = subject.entries.first_of(Option::dhcp_range);
  if (range != nullptr) services.push_back({"DHCP", settings.dhcp.server_port, false, range});
  if (settings.tftp.enabled) {
    services.push_back({"TFTP", tftp_port, false, subject.entries.first_of(Option::enable_tftp)});
  }
  return services;
}

// A socket of all addresses stands in the way of every other, and IPv6's of IPv4, too.
bool in_the_way(const net::Listener& listener, const IpAddress& own) {
  if (listener.address == own) return true;
  if (listener.address.unspecified()) return listener.address.is_v4() == own.is_v4() || !listener.address.is_v4();
  return own.unspecified() && listener.address.is_v4() == own.is_v4();
}

// The addresses that sockets are made for.
std::vector<IpAddress> own_addresses(const Subject& subject) {
  const auto& net = subject.settings.net;
  if (net.binding == settings::Net::Binding::wildcard) return {Ipv4{}, Ipv6{}};
  auto addresses = net.listen_addresses;
  const net::Access access{net};
  for (const auto& interface : subject.system.interfaces()) {
    for (const auto& each : interface.addresses) {
      if (access.accepts(interface.name, interface.loopback, each.address)) addresses.push_back(each.address);
    }
  }
  return addresses;
}

std::string text_of(const net::Listener& listener) {
  const auto process = listener.process.empty() ? std::string{"another program"}
                                                : fmt::format("{} (process {})", listener.process, listener.pid);
  return fmt::format("taken by {}: {} {} port {}", process, listener.udp ? "UDP" : "TCP", listener.address.to_string(),
                     listener.port);
}

}  // namespace

void check_ports(const Subject& subject, Report& report) {
  const auto services = services_of(subject);
  std::vector<std::uint16_t> ports;
  for (const auto& service : services) ports.push_back(service.port);
  const auto listeners = subject.system.listeners(ports);
  const auto addresses = own_addresses(subject);
  // A dnsmasq that runs with this configuration already is what the port is for.
  const auto self = subject.system.running(subject.settings.daemon.pid_file);
  for (const auto& service : services) {
    std::set<int> told;  // process ids
    for (const auto& listener : listeners) {
      if (listener.port != service.port || (!listener.udp && !service.tcp)) continue;
      if (self && listener.pid == *self) continue;
      const bool collides =
          std::ranges::any_of(addresses, [&](const IpAddress& own) { return in_the_way(listener, own); });
      if (!collides || !told.insert(listener.pid).second) continue;
      auto finding = warning("port-taken", fmt::format("the {} port is {}", service.name, text_of(listener)), {});
      finding.place = service.entry == nullptr ? std::nullopt : std::optional{place_of(*service.entry)};
      report.add(std::move(finding));
    }
  }
}

}  // namespace swapmasq::check
