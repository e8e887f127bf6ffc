#include "io/neighbour_table.hpp"

#include <algorithm>

namespace swapmasq::io {

namespace {

using Known = std::map<IpAddress, std::vector<Neighbour>>;

bool has(const Known& known, const Neighbour& neighbour) {
  const auto found = known.find(neighbour.address);
  return found != known.end() &&
         std::ranges::find(found->second, neighbour.hardware, &Neighbour::hardware) != found->second.end();
}

// Those in `known` that `other` has not.
std::vector<Neighbour> beyond(const Known& known, const Known& other) {
  std::vector<Neighbour> found;
  for (const auto& [address, neighbours] : known)
    std::ranges::copy_if(neighbours, std::back_inserter(found),
                         [&](const Neighbour& neighbour) { return !has(other, neighbour); });
  return found;
}

std::optional<HardwareAddress> find_in(const Known& known, const IpAddress& address, unsigned interface_index) {
  const auto found = known.find(address);
  if (found == known.end()) return std::nullopt;
  for (const auto& neighbour : found->second)
    if (interface_index == 0 || neighbour.interface_index == interface_index) return neighbour.hardware;
  return std::nullopt;
}

}  // namespace

void NeighbourTable::refresh(TimePoint now) {
  Known current;
  for (const auto& neighbour : read_()) current[neighbour.address].push_back(neighbour);
  read_at_ = now;
  const Changes changes{beyond(known_, current), beyond(current, known_)};
  known_ = std::move(current);
  if (changed_ && (!changes.went.empty() || !changes.came.empty())) changed_(changes);
}

std::optional<HardwareAddress> NeighbourTable::find(const IpAddress& address, unsigned interface_index, TimePoint now) {
  if (read_at_ && now >= *read_at_ && now < *read_at_ + lifetime)
    if (auto known = find_in(known_, address, interface_index)) return known;
  refresh(now);
  return find_in(known_, address, interface_index);
}

}  // namespace swapmasq::io
