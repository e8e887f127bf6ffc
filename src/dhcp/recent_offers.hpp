// The addresses that were offered just now. dnsmasq does not mind offering an address to two clients that ask at the
// same time: one of them hears no, and begins again. When many clients ask at once that becomes the rule; then, and
// only then, an offer stands for a moment.
#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>

#include "base/address.hpp"
#include "base/time.hpp"

namespace swapmasq::dhcp {

class RecentOffers {
 public:
  // `client`: client_hash() of who got it.
  void note(Ipv4 address, std::uint32_t client, TimePoint now);
  // False as long as few ask.
  bool made_to_another(Ipv4 address, std::uint32_t client, TimePoint now);

 private:
  struct Offer {
    Ipv4 address;
    std::uint32_t client = 0;
    TimePoint when;
  };
  void forget_old(TimePoint now);

  std::deque<Offer> offers_;                         // in the order of time
  std::unordered_map<Ipv4, std::uint32_t> clients_;  // of the latest offer of an address
};

}  // namespace swapmasq::dhcp
