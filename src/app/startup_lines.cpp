#include "app/startup_lines.hpp"

#include <algorithm>

#include "app/dns_threads.hpp"
#include "base/private_ranges.hpp"
#include "config/build.hpp"
#include "log/daemon_lines.hpp"
#include "net/access.hpp"

namespace swapmasq::app {

namespace {

constexpr std::uint32_t sensible_cache_size = 10000;

using Binding = settings::Net::Binding;
using LocalService = settings::Net::LocalService;

void log_started(const settings::Dns& dns, log::Log& log) {
  if (!dns.enabled()) {
    log.write(log::started_dns_disabled(config::dnsmasq_level));
  } else if (dns.cache_size == 0) {
    log.write(log::started_cache_disabled(config::dnsmasq_level));
  } else {
    log.write(log::started(config::dnsmasq_level, dns.cache_size));
    if (dns.cache_size > sensible_cache_size) log.write(log::cache_size_unlikely_useful());
  }
  if (dns.enabled() && dns_threads(dns) < dns.threads) log.write(log::one_dns_thread());
}

// A bound public address answers packets that came in by any interface.
void warn_of_bound_public_addresses(const std::vector<Listener>& listeners, log::Log& log) {
  bool any = false;
  for (const auto& listener : listeners) {
    const auto& address = listener.local.address;
    if (listener.interface.empty() || !address.is_v4() || is_private(address)) continue;
    log.write(log::listening_beyond_interface(address.to_string(), listener.interface));
    any = true;
  }
  if (any) log.write(log::use_bind_dynamic());
}

// In wildcard mode packets arrive by interfaces, never by labels.
void warn_of_labels(const settings::Net& net, const net::Interfaces& interfaces, log::Log& log) {
  const net::Access access{net};
  for (const auto& interface : interfaces) {
    for (const auto& address : interface.addresses) {
      const bool labelled = !address.label.empty() && address.label != interface.name;
      if (labelled && access.accepts(address.label, interface.loopback, address.address)) {
        log.write(log::using_interface_instead_of_label(interface.name));
      }
    }
  }
}

bool lacks_addresses(const settings::InterfaceName& line, const net::Interfaces& interfaces) {
  const auto* interface = net::find_interface(interfaces, std::string_view{line.interface});
  return interface == nullptr ||
         std::none_of(interface->addresses.begin(), interface->addresses.end(), [&](const net::InterfaceAddress& own) {
           if (own.address.is_v4()) return line.v4;
           return line.v6 && !own.address.v6().link_local();
         });
}

}  // namespace

void log_startup(const settings::Settings& settings, const net::Interfaces& interfaces,
                 const std::vector<Listener>& listeners, const IdentityWarnings& warnings, log::Log& log) {
  const auto& dns = settings.dns;
  const auto& net = settings.net;
  log_started(dns, log);
  if (dns.enabled() && net.local_service == LocalService::net) log.write(log::service_limited_to_local_subnets());
  if (dns.enabled() && net.local_service == LocalService::host) log.write(log::service_limited_to_localhost());
  log.write(log::compile_time_options(config::compile_time_options()));
  if (warnings.pid_file) log.write(*warnings.pid_file);
  if (warnings.log_file) log.write(*warnings.log_file);
  for (const auto& option : settings.without_effect) log.write(log::option_without_effect(option));
  if (net.binding == Binding::interfaces) warn_of_bound_public_addresses(listeners, log);
  if (net.binding == Binding::wildcard) warn_of_labels(net, interfaces, log);
  if (net.binding != Binding::interfaces) {
    for (const auto& name : net::missing_interfaces(net, interfaces)) log.write(log::interface_does_not_exist(name));
  }
  for (const auto& line : dns.interface_names) {
    if (lacks_addresses(line, interfaces)) log.write(log::no_addresses_for_interface(line.interface));
  }
  if (dns.enabled() && dns.no_resolv) {
    if (dns.resolv_file_given) log.write(log::resolv_file_ignored());
    const bool any =
        dns.rules.any_says([](const auto& rule) { return rule.action == settings::DomainRule::Action::forward; });
    if (!any) log.write(log::no_upstream_servers());
  }
  if (settings.daemon.log_async && settings.daemon.log.kind == settings::Daemon::LogTarget::Kind::syslog) {
    log.write(log::asynchronous_logging(*settings.daemon.log_async));
  }
}

}  // namespace swapmasq::app
