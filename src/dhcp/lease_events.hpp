// The events that nobody has taken yet. Several changes of one lease are one event until it is taken, so what waits is
// bounded by the number of leases and of those that have ended.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dhcp/lease_event.hpp"

namespace swapmasq::dhcp {

// Leases are named by their sequence number. Nothing is kept unless the policy is enabled.
class LeaseEvents {
 public:
  explicit LeaseEvents(LeaseEventPolicy policy) : policy_(policy) {}

  bool enabled() const { return policy_.enabled; }
  void added(std::uint64_t sequence);
  void changed(std::uint64_t sequence);
  void expiry_changed(std::uint64_t sequence);
  void client_id_changed(std::uint64_t sequence);
  // Also a change.
  void name_lost(std::uint64_t sequence, std::string name);
  void client_heard(std::uint64_t sequence, ClientData data);
  void removed(std::variant<Lease, Lease6> lease);

  // The next one: leases that have ended, the last one first; names that were lost; then the others in list order.
  // `find` gives the lease with this number, which exists.
  std::optional<LeaseEvent> take(const std::function<std::variant<Lease, Lease6>(std::uint64_t)>& find);

 private:
  struct News {
    bool added = false;
    bool changed = false;
    std::string lost_name;
    std::shared_ptr<const ClientData> data;
  };
  struct Ended {
    std::variant<Lease, Lease6> lease;
    News news;
  };

  LeaseEventPolicy policy_;
  std::map<std::uint64_t, News, std::greater<>> news_;
  std::set<std::uint64_t, std::greater<>> lost_names_;
  std::vector<Ended> ended_;
};

}  // namespace swapmasq::dhcp
