#include "dhcp/hosts.hpp"

#include <algorithm>

#include "dhcp/client_name.hpp"
#include "dhcp/newest_first.hpp"
#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {
namespace {

constexpr std::chrono::seconds decline_pause{600};

bool exact(const settings::HardwarePattern& pattern) {
  return std::ranges::all_of(pattern.octets, [](const auto& octet) { return octet.has_value(); });
}

bool type_suits(const settings::HardwarePattern& pattern, std::uint8_t type) {
  return !pattern.type || *pattern.type == 0 || *pattern.type == type;
}

// How many octets agree by more than a wildcard; nothing: no match.
std::optional<std::size_t> matched_octets(const settings::HardwarePattern& pattern, const HardwareAddress& hardware) {
  if (pattern.octets.size() != hardware.length || !type_suits(pattern, hardware.type)) return std::nullopt;
  std::size_t matched = 0;
  for (std::size_t i = 0; i < pattern.octets.size(); ++i) {
    if (!pattern.octets[i]) continue;
    if (*pattern.octets[i] != hardware.octets[i]) return std::nullopt;
    ++matched;
  }
  return matched;
}

const std::vector<std::size_t>* look_up(const std::unordered_map<std::string, std::vector<std::size_t>>& index,
                                        const std::string& key) {
  const auto it = index.find(key);
  return it == index.end() ? nullptr : &it->second;
}

}  // namespace

bool Host::declined_recently(TimePoint now) const { return declined && now - *declined < decline_pause; }

bool Host::names_hardware(const HardwareAddress& hardware) const {
  return std::ranges::any_of(config->hardware, [&](const auto& p) { return matched_octets(p, hardware).has_value(); });
}

Hosts::Hosts(const settings::Dhcp& dhcp) {
  hosts_.reserve(dhcp.hosts.size());
  for (const auto& line : dhcp.hosts) {
    const auto place = hosts_.size();
    hosts_.push_back({&line, line.address, std::nullopt});
    if (line.client_id) by_client_id_[to_text(*line.client_id)].push_back(place);
    bool patterns = false;
    for (const auto& hardware : line.hardware) {
      if (!exact(hardware)) {
        patterns = true;
        continue;
      }
      std::string key;
      for (const auto& octet : hardware.octets) key += static_cast<char>(*octet);
      by_hardware_[key].push_back(place);
    }
    if (patterns) with_patterns_.push_back(place);
    if (!line.name.empty()) by_name_[lower_case(line.name)].push_back(place);
    if (line.address) by_address_.emplace(*line.address, place);
  }
}

bool Hosts::qualifies(const Host& host, const Client& client, bool filtered_only) const {
  if (host.config->filters.empty() ? filtered_only : !client.tags.matches(host.config->filters)) return false;
  if (!host.address) return !host.config->has_ipv6_address;
  return !client.candidates ||
         std::ranges::any_of(*client.candidates, [&](const Range* range) { return range->on_subnet(*host.address); });
}

Host* Hosts::newest(const Places* places, const Client& client, bool filtered_only, bool hardware_type_matters) {
  if (!places) return nullptr;
  for (const auto place : NewestFirst{*places}) {
    auto& host = hosts_[place];
    if (!qualifies(host, client, filtered_only)) continue;
    if (hardware_type_matters && std::ranges::none_of(host.config->hardware, [&](const auto& pattern) {
          return exact(pattern) && matched_octets(pattern, client.hardware);
        })) {
      continue;
    }
    return &host;
  }
  return nullptr;
}

Host* Hosts::closest_pattern(const Client& client, bool filtered_only) {
  Host* best = nullptr;
  std::size_t most = 0;
  for (const auto place : NewestFirst{with_patterns_}) {
    auto& host = hosts_[place];
    if (!qualifies(host, client, filtered_only)) continue;
    for (const auto& pattern : host.config->hardware) {
      const auto matched = exact(pattern) ? std::nullopt : matched_octets(pattern, client.hardware);
      if (matched && (!best || *matched > most)) {
        best = &host;
        most = *matched;
      }
    }
  }
  return best;
}

Host* Hosts::find(const Client& client) {
  const auto id = to_text(client.client_id);
  for (const bool filtered_only : {true, false}) {
    if (!id.empty()) {
      if (auto* host = newest(look_up(by_client_id_, id), client, filtered_only, false)) return host;
      // Some clients put a type octet of zero before what others send as it is.
      if (id.front() == '\0') {
        if (auto* host = newest(look_up(by_client_id_, id.substr(1)), client, filtered_only, false)) return host;
      }
    }
    const auto* same_hardware = look_up(by_hardware_, to_text(client.hardware.bytes()));
    if (auto* host = newest(same_hardware, client, filtered_only, true)) return host;
    if (auto* host = closest_pattern(client, filtered_only)) return host;
  }
  return nullptr;
}

Host* Hosts::find_by_name(const Client& client, std::string_view name) {
  const auto* places = look_up(by_name_, lower_case(name));
  for (const bool filtered_only : {true, false}) {
    if (auto* host = newest(places, client, filtered_only, false)) {
      return host->config->client_id || !host->config->hardware.empty() ? nullptr : host;
    }
  }
  return nullptr;
}

Host* Hosts::of_address(Ipv4 address) {
  const auto it = by_address_.find(address);
  return it == by_address_.end() ? nullptr : &hosts_[it->second];
}

void Hosts::take_addresses(const HostNames& names, log::Log& log) {
  by_address_.clear();
  for (std::size_t place = 0; place < hosts_.size(); ++place) {
    auto& host = hosts_[place];
    host.address = host.config->address;
    if (host.address) by_address_.emplace(*host.address, place);
  }
  for (std::size_t place = 0; place < hosts_.size(); ++place) {
    auto& host = hosts_[place];
    if (host.address || host.config->name.empty()) continue;
    const auto& config = *host.config;
    const auto name = config.domain.empty() ? config.name : config.name + "." + config.domain;
    const auto addresses = names.addresses_of(name);
    if (addresses.empty()) continue;
    const auto address = addresses.front();
    if (addresses.size() > 1) log.write(log::dhcp_several_host_addresses(name, address));
    if (by_address_.contains(address)) {
      log.write(log::dhcp_duplicate_host_address(address, name));
      continue;
    }
    host.address = address;
    by_address_.emplace(address, place);
  }
}

}  // namespace swapmasq::dhcp
