// What was last read of the kernel's neighbour table, and how that differs from what was read before. It is read again
// when somebody asks for an address that is not in it, or when it is 90 seconds old.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "base/address.hpp"
#include "base/time.hpp"
#include "io/neighbours.hpp"

namespace swapmasq::io {

class NeighbourTable {
 public:
  static constexpr std::chrono::seconds lifetime{90};

  struct Changes {
    std::vector<Neighbour> went;
    std::vector<Neighbour> came;  // with another hardware address, too
  };

  explicit NeighbourTable(std::function<std::vector<Neighbour>()> read = neighbours) : read_(std::move(read)) {}

  // `changed` hears of every difference; it must not ask this table.
  void on_change(std::function<void(const Changes&)> changed) { changed_ = std::move(changed); }
  void refresh(TimePoint now);
  // On any interface if the index is 0.
  std::optional<HardwareAddress> find(const IpAddress& address, unsigned interface_index, TimePoint now);

 private:
  std::function<std::vector<Neighbour>()> read_;
  std::function<void(const Changes&)> changed_;
  std::map<IpAddress, std::vector<Neighbour>> known_;  // an address may be on several interfaces
  std::optional<TimePoint> read_at_;
};

}  // namespace swapmasq::io
