// The one notion of time that engines see: wall-clock time, handed in as an argument, never read by an engine.
// The protocols count whole seconds (lease expiry, TTLs, the reference's timers); `seconds_of` is that count.
#pragma once

#include <chrono>
#include <cstdint>

namespace swapmasq {

using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

// Whole seconds since 1970, rounded down.
constexpr std::int64_t seconds_of(TimePoint t) {
  return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
}

constexpr TimePoint at_seconds(std::int64_t seconds) { return TimePoint{std::chrono::seconds{seconds}}; }

}  // namespace swapmasq
