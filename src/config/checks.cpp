#include "config/checks.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

#include "base/startup_error.hpp"
#include "config/record_checks.hpp"
#include "grammar/name.hpp"

namespace swapmasq::config {

namespace {

using settings::Net;

constexpr std::uint16_t smallest_source_port = 1024;  // below are those of services
constexpr std::uint16_t largest_port = 65535;

// The first word of the first usable `search` line.
std::optional<std::string> search_domain_of(const std::string& path) {
  std::ifstream file{path};
  if (!file) throw StartupError{ExitCode::file, fmt::format("failed to read {}: {}", path, std::strerror(errno))};
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream words{line};
    std::string keyword;
    std::string domain;
    if (!(words >> keyword >> domain) || keyword != "search") continue;
    if (auto name = grammar::canonical_name(domain)) return name;
  }
  return std::nullopt;
}

void check_resolv_files(const settings::Dns& dns) {
  if (dns.no_poll && dns.resolv_files.size() > 1 && !dns.no_resolv) {
    throw StartupError{ExitCode::bad_config, "only one resolv.conf file allowed in no-poll mode."};
  }
}

// A search line beats a domain= line, which in turn makes do for a missing search line.
void take_domain_from_resolv(settings::Dns& dns) {
  if (dns.no_resolv || dns.resolv_files.size() != 1) {
    throw StartupError{ExitCode::bad_config, "must have exactly one resolv.conf to read domain from."};
  }
  const auto& path = dns.resolv_files.front();
  if (auto domain = search_domain_of(path)) {
    dns.domain = *std::move(domain);
  } else if (dns.domain.empty()) {
    throw StartupError{ExitCode::other, fmt::format("no search directive found in {}", path)};
  }
}

void check_dhcp_domain(const settings::Settings& settings) {
  if (settings.dhcp.fqdn && settings.dns.domain.empty()) {
    throw StartupError{ExitCode::bad_config, "there must be a default domain when --dhcp-fqdn is set"};
  }
}

// local-service counts only when nothing else says who is served.
void settle_binding(Draft& draft) {
  auto& net = draft.settings.net;
  if (draft.bind_interfaces) net.binding = Net::Binding::interfaces;
  if (draft.bind_dynamic) net.binding = Net::Binding::dynamic;
  if (!net.interfaces.empty() || !net.except_interfaces.empty() || !net.listen_addresses.empty() ||
      draft.settings.auth.server) {
    return;
  }
  if (draft.local_service_net) {
    net.local_service = Net::LocalService::net;
  } else if (draft.local_service_host) {
    net.local_service = Net::LocalService::host;
    net.interfaces.emplace_back();
    net.binding = Net::Binding::interfaces;
  }
}

bool has_root_anchor(const settings::Dnssec& dnssec) {
  return std::ranges::any_of(dnssec.trust_anchors, [](const auto& anchor) { return anchor.name.empty(); });
}

// Defaults that hang on other options.
void settle_defaults(settings::Settings& settings) {
  auto& dns = settings.dns;
  if (dns.min_port != 0 && dns.max_port == 0) dns.max_port = largest_port;
  if (dns.max_port != 0 && dns.min_port == 0) dns.min_port = smallest_source_port;
  auto& auth = settings.auth;
  if (auth.server && auth.soa.mailbox.empty()) auth.soa.mailbox = "hostmaster." + auth.server->name;
  if (settings.dnssec.enabled && !dns.fast_retry) dns.fast_retry.emplace();
}

}  // namespace

void complete(Draft& draft, const Fail& fail) {
  auto& dns = draft.settings.dns;
  const auto attempt = [&fail](auto step) {
    try {
      step();
    } catch (const StartupError& error) {
      fail(error);
    }
  };
  attempt([&] { check_cname_chains(dns.cnames); });
  attempt([&] { complete_mail_hosts(dns); });
  attempt([&] { check_resolv_files(dns); });
  attempt([&] {
    if (draft.domain_from_resolv) take_domain_from_resolv(dns);
  });
  attempt([&] { complete_services(dns); });
  attempt([&] { check_dhcp_domain(draft.settings); });
  settle_defaults(draft.settings);
  settle_binding(draft);
}

void check_before_start(const Draft& draft, const Fail& fail) {
  const auto& settings = draft.settings;
  const auto& dns = settings.dns;
  const auto refuse_if = [&fail](bool condition, const char* message) {
    if (condition) fail({ExitCode::bad_config, message});
  };
  if (settings.dnssec.enabled) {
    refuse_if(!has_root_anchor(settings.dnssec), "no root trust anchor provided for DNSSEC");
    refuse_if(dns.cache_size < settings::Dns{}.cache_size, "cannot reduce cache size from default when DNSSEC enabled");
  }
  refuse_if(dns.conntrack && dns.query_port, "cannot use --conntrack AND --query-port");
  refuse_if(settings.daemon.ubus.has_value(), "Ubus not available: set HAVE_UBUS in src/config.h");
  if (dns.max_port != 0) {
    refuse_if(dns.max_port < dns.min_port, "max_port cannot be smaller than min_port");
    refuse_if(dns.port_limit > dns.max_port - dns.min_port + 1U,
              "port_limit must not be larger than available port range");
  }
  refuse_if(!settings.auth.zones.empty() && !settings.auth.server,
            "--auth-server required when an auth zone is defined.");
  refuse_if(draft.bind_interfaces && draft.bind_dynamic, "cannot set --bind-interfaces and --bind-dynamic");
}

}  // namespace swapmasq::config
