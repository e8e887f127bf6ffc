#include "config/record_checks.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <fmt/format.h>
#include <string_view>
#include <unistd.h>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/startup_error.hpp"
#include "grammar/name.hpp"

namespace swapmasq::config {

namespace {

std::string own_host_name() {
  std::array<char, HOST_NAME_MAX + 1> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) {
    throw StartupError{ExitCode::other, fmt::format("cannot get host-name: {}", std::strerror(errno))};
  }
  return name.data();
}

}  // namespace

// The alias that the message names is the last one from which no end is reached.
void check_cname_chains(const std::vector<settings::Cname>& cnames) {
  std::vector<std::string_view> aliases;
  std::unordered_map<std::string_view, std::string_view> targets;
  for (const auto& cname : cnames) {
    for (const auto& alias : cname.aliases) {
      aliases.push_back(alias);
      targets.emplace(alias, cname.target);
    }
  }
  std::unordered_set<std::string_view> ending;
  std::for_each(aliases.rbegin(), aliases.rend(), [&](std::string_view alias) {
    std::unordered_set<std::string_view> passed;
    for (auto at = targets.find(alias); at != targets.end() && !ending.contains(at->first);
         at = targets.find(at->second)) {
      if (!passed.insert(at->first).second) {
        throw StartupError{ExitCode::bad_config, fmt::format("CNAME loop involving {}", alias)};
      }
    }
    ending.merge(passed);
  });
}

void complete_mail_hosts(settings::Dns& dns) {
  const bool target_given = !dns.mx_target.empty();
  if (!target_given && !dns.localmx && dns.mx_hosts.empty()) return;
  const auto own = own_host_name();
  if (!target_given) dns.mx_target = own;
  const bool own_known = std::ranges::find(dns.mx_hosts, own, &settings::MxHost::name) != dns.mx_hosts.end();
  if (!own_known && (target_given || dns.localmx)) dns.mx_hosts.push_back({own, dns.mx_target, 0});
  for (auto& mx : dns.mx_hosts) {
    if (!mx.target) mx.target = dns.mx_target;
  }
}

void complete_services(settings::Dns& dns) {
  if (dns.domain.empty()) return;
  for (auto& service : dns.srv_hosts) {
    if (std::ranges::count(service.name, '.') != 1) continue;
    const auto name = service.name + '.' + dns.domain;
    auto canonical = grammar::canonical_name(name);
    if (!canonical) {
      throw StartupError{ExitCode::other, fmt::format("bad srv-host name {} after domain appended", service.name)};
    }
    service.name = *std::move(canonical);
  }
}

}  // namespace swapmasq::config
