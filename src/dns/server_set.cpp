#include "dns/server_set.hpp"

#include <algorithm>

namespace swapmasq::dns {

namespace {

constexpr std::uint32_t queries_between_trials = 50;
constexpr std::chrono::seconds time_between_trials{20};

}  // namespace

bool ServerSet::full_trial_due(TimePoint now) {
  if (queries_since_trial++ <= queries_between_trials && last_trial && now - *last_trial <= time_between_trials &&
      last_good)
    return false;
  queries_since_trial = 0;
  last_trial = now;
  return true;
}

}  // namespace swapmasq::dns
