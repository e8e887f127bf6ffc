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
  return std::ranges::any_of(config->hardware,
                             [&](const auto& p) { return exact(p) && matched_octets(p, hardware).has_value(); });
}

Hosts::Table::Table(const std::vector<HostLine>& lines) {
  hosts.reserve(lines.size());
  for (const auto& line : lines) {
    const auto place = hosts.size();
    hosts.push_back({line, line->address, std::nullopt});
    if (line->client_id) by_client_id[to_text(*line->client_id)].push_back(place);
    bool patterns = false;
    for (const auto& hardware : line->hardware) {
      if (!exact(hardware)) {
        patterns = true;
        continue;
      }
      std::string key;
      for (const auto& octet : hardware.octets) key += static_cast<char>(*octet);
      by_hardware[key].push_back(place);
    }
    if (patterns) with_patterns.push_back(place);
    if (!line->name.empty()) by_name[lower_case(line->name)].push_back(place);
    if (line->address) reserve(*line->address, place);
  }
}

void Hosts::Table::reserve(Ipv4 address, std::size_t place) {
  if (by_address.emplace(address, place).second) reserved.add(address);
}

void Hosts::replace(const std::vector<HostLine>& lines) {
  std::unordered_map<HostLine, TimePoint> declined;
  for (const auto& host : table_->hosts) {
    if (host.declined) declined.emplace(host.config, *host.declined);
  }
  table_ = std::make_shared<Table>(lines);
  if (declined.empty()) return;
  for (auto& host : table_->hosts) {
    if (const auto known = declined.find(host.config); known != declined.end()) host.declined = known->second;
  }
}

bool Hosts::qualifies(const Host& host, const Client& client, bool filtered_only) {
  if (host.config->filters.empty() ? filtered_only : !client.tags.matches(host.config->filters)) return false;
  if (!host.address) return !host.config->has_ipv6_address || !client.candidates;
  return !client.candidates ||
         std::ranges::any_of(*client.candidates, [&](const Range* range) { return range->on_subnet(*host.address); });
}

HostPtr Hosts::newest(const Places* places, const Client& client, bool filtered_only,
                      bool hardware_type_matters) const {
  if (!places) return nullptr;
  for (const auto place : NewestFirst{*places}) {
    const auto& host = table_->hosts[place];
    if (!qualifies(host, client, filtered_only)) continue;
    if (hardware_type_matters && std::ranges::none_of(host.config->hardware, [&](const auto& pattern) {
          return exact(pattern) && matched_octets(pattern, client.hardware);
        })) {
      continue;
    }
    return at(place);
  }
  return nullptr;
}

HostPtr Hosts::closest_pattern(const Client& client, bool filtered_only) const {
  HostPtr best;
  std::size_t most = 0;
  for (const auto place : NewestFirst{table_->with_patterns}) {
    const auto& host = table_->hosts[place];
    if (!qualifies(host, client, filtered_only)) continue;
    for (const auto& pattern : host.config->hardware) {
      const auto matched = exact(pattern) ? std::nullopt : matched_octets(pattern, client.hardware);
      if (matched && (!best || *matched > most)) {
        best = at(place);
        most = *matched;
      }
    }
  }
  return best;
}

HostPtr Hosts::find(const Client& client) const {
  const auto id = to_text(client.client_id);
  for (const bool filtered_only : {true, false}) {
    if (!id.empty()) {
      if (auto host = newest(look_up(table_->by_client_id, id), client, filtered_only, false)) return host;
      // Some clients put a type octet of zero before what others send as it is.
      if (id.front() == '\0') {
        if (auto host = newest(look_up(table_->by_client_id, id.substr(1)), client, filtered_only, false)) return host;
      }
    }
    const auto* same_hardware = look_up(table_->by_hardware, to_text(client.hardware.bytes()));
    if (auto host = newest(same_hardware, client, filtered_only, true)) return host;
    if (auto host = closest_pattern(client, filtered_only)) return host;
  }
  return nullptr;
}

HostPtr Hosts::find_by_name(const Client& client, std::string_view name) const {
  const auto* places = look_up(table_->by_name, lower_case(name));
  for (const bool filtered_only : {true, false}) {
    if (auto host = newest(places, client, filtered_only, false)) {
      return host->config->client_id || !host->config->hardware.empty() ? nullptr : host;
    }
  }
  return nullptr;
}

HostPtr Hosts::of_address(Ipv4 address) const {
  const auto it = table_->by_address.find(address);
  return it == table_->by_address.end() ? nullptr : at(it->second);
}

std::optional<Ipv4> Hosts::first_unreserved(Ipv4 from, Ipv4 last) const {
  return table_->reserved.first_outside(from, last);
}

void Hosts::take_addresses(const HostNames& names, log::Log& log) {
  auto& hosts = table_->hosts;
  const auto& by_address = table_->by_address;
  table_->by_address.clear();
  table_->reserved = {};
  for (std::size_t place = 0; place < hosts.size(); ++place) {
    auto& host = hosts[place];
    host.address = host.config->address;
    if (host.address) table_->reserve(*host.address, place);
  }
  for (std::size_t place = hosts.size(); place-- > 0;) {
    auto& host = hosts[place];
    if (host.address || host.config->name.empty()) continue;
    const auto& name = host.config->name;
    const auto addresses = names.addresses_of(name);
    if (addresses.empty()) continue;
    const auto address = addresses.front();
    if (addresses.size() > 1) log.write(log::dhcp_several_host_addresses(name, address));
    if (by_address.contains(address)) {
      log.write(log::dhcp_duplicate_host_address(address, name));
      continue;
    }
    host.address = address;
    table_->reserve(address, place);
  }
}

}  // namespace swapmasq::dhcp
