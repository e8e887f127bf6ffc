#include "dhcp/recent_offers.hpp"

#include <chrono>

namespace swapmasq::dhcp {

namespace {

constexpr std::chrono::milliseconds moment{50};
constexpr std::size_t many = 20;    // offers in a moment
constexpr std::size_t most = 4096;  // remembered, however many ask

}  // namespace

void RecentOffers::forget_old(TimePoint now) {
  while (!offers_.empty() &&
         (offers_.size() > most || now < offers_.front().when || now - offers_.front().when > moment)) {
    const auto& oldest = offers_.front();
    const auto known = clients_.find(oldest.address);
    if (known != clients_.end() && known->second == oldest.client) clients_.erase(known);
    offers_.pop_front();
  }
}

void RecentOffers::note(Ipv4 address, std::uint32_t client, TimePoint now) {
  offers_.push_back({address, client, now});
  clients_[address] = client;
  forget_old(now);
}

bool RecentOffers::made_to_another(Ipv4 address, std::uint32_t client, TimePoint now) {
  forget_old(now);
  if (offers_.size() < many) return false;
  const auto known = clients_.find(address);
  return known != clients_.end() && known->second != client;
}

}  // namespace swapmasq::dhcp
