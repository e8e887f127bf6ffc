// The stories as texts: a timeline for people, JSON for programs (docs/boots.md has the schema). Clients and boots
// that were active last come first.
#pragma once

#include <chrono>
#include <list>
#include <string>

#include "boots/outcome.hpp"
#include "boots/story.hpp"

namespace swapmasq::boots {

// `offset`: of local time from UTC.
std::string timeline(const std::list<Client>& clients, const Surroundings& surroundings, TimePoint now,
                     std::chrono::seconds offset);

// Times in UTC.
std::string json(const std::list<Client>& clients, const Surroundings& surroundings, TimePoint now);

}  // namespace swapmasq::boots
