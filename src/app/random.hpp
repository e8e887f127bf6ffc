// The kernel's random numbers, in the form that engines ask for.
#pragma once

#include <cstdint>

namespace swapmasq::app {

// Unpredictable, uniform over all 32-bit numbers.
std::uint32_t random_u32();

}  // namespace swapmasq::app
