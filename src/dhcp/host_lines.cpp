#include "dhcp/host_lines.hpp"

#include <memory>
#include <optional>
#include <utility>

#include "dhcp/client_name.hpp"

namespace swapmasq::dhcp {
namespace {

constexpr std::uint8_t ethernet = 1;

// The octets, if the line has one hardware address without wildcards that an Ethernet device can have.
std::optional<std::string> only_hardware(const settings::DhcpHost& line) {
  if (line.hardware.size() != 1) return std::nullopt;
  const auto& pattern = line.hardware.front();
  if (pattern.type.value_or(0) != 0 && *pattern.type != ethernet) return std::nullopt;
  std::string octets;
  for (const auto& octet : pattern.octets) {
    if (!octet) return std::nullopt;
    octets += static_cast<char>(*octet);
  }
  return octets;
}

template <typename Key>
std::optional<std::size_t> place_in(const std::unordered_map<Key, std::size_t>& index, const Key& key) {
  const auto found = index.find(key);
  return found == index.end() ? std::nullopt : std::optional{found->second};
}

template <typename Key>
void erase_from(std::unordered_map<Key, std::size_t>& index, const Key& key, std::size_t place) {
  if (const auto found = index.find(key); found != index.end() && found->second == place) index.erase(found);
}

}  // namespace

HostLines::HostLines(const std::vector<settings::DhcpHost>& configured) {
  const std::shared_ptr<const void> borrowed;
  entries_.reserve(configured.size());
  for (const auto& line : configured) append(Origin::configuration, HostLine{borrowed, &line});
}

bool HostLines::add(settings::DhcpHost line) {
  if (line.address && by_address_.contains(*line.address)) return false;
  append(Origin::added, std::make_shared<settings::DhcpHost>(std::move(line)));
  return true;
}

void HostLines::drop_added() { drop(Origin::added); }

bool HostLines::add_ethers(settings::DhcpHost line) {
  const auto holder = line.address ? place_in(by_address_, *line.address) : place_in(by_name_, lower_case(line.name));
  if (holder) {
    const auto& entry = entries_[*holder];
    if (entry.origin == Origin::ethers) return false;
    auto changed = *entry.line;
    changed.hardware = std::move(line.hardware);
    changed.ignore_client_id = true;
    change(*holder, std::move(changed));
    return true;
  }
  const auto hardware = only_hardware(line);
  const auto same_hardware = hardware ? place_in(by_hardware_, *hardware) : std::nullopt;
  if (!same_hardware) {
    append(Origin::ethers, std::make_shared<settings::DhcpHost>(std::move(line)));
    return true;
  }
  auto changed = *entries_[*same_hardware].line;
  changed.ignore_client_id = true;
  if (line.address) {
    changed.address = line.address;
  } else {
    changed.name = std::move(line.name);
  }
  change(*same_hardware, std::move(changed));
  return true;
}

void HostLines::drop_ethers() { drop(Origin::ethers); }

std::vector<HostLine> HostLines::all() const {
  std::vector<HostLine> lines;
  lines.reserve(entries_.size());
  for (const auto& entry : entries_) lines.push_back(entry.line);
  return lines;
}

void HostLines::append(Origin origin, HostLine line) {
  entries_.push_back({origin, std::move(line)});
  index(entries_.size() - 1);
}

void HostLines::change(std::size_t place, settings::DhcpHost line) {
  unindex(place);
  entries_[place].line = std::make_shared<settings::DhcpHost>(std::move(line));
  index(place);
}

void HostLines::index(std::size_t place) {
  const auto& line = *entries_[place].line;
  if (line.address) by_address_[*line.address] = place;
  if (!line.name.empty()) by_name_[lower_case(line.name)] = place;
  if (auto hardware = only_hardware(line)) by_hardware_[*std::move(hardware)] = place;
}

void HostLines::unindex(std::size_t place) {
  const auto& line = *entries_[place].line;
  if (line.address) erase_from(by_address_, *line.address, place);
  if (!line.name.empty()) erase_from(by_name_, lower_case(line.name), place);
  if (const auto hardware = only_hardware(line)) erase_from(by_hardware_, *hardware, place);
}

void HostLines::drop(Origin origin) {
  const auto dropped = std::erase_if(entries_, [origin](const Entry& entry) { return entry.origin == origin; });
  if (dropped == 0) return;
  by_address_.clear();
  by_name_.clear();
  by_hardware_.clear();
  for (std::size_t place = 0; place < entries_.size(); ++place) index(place);
}

}  // namespace swapmasq::dhcp
