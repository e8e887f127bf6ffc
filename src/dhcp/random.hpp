// The engine's source of chance, which tests replace.
#pragma once

#include <cstdint>
#include <functional>

namespace swapmasq::dhcp {

// Uniform over all 32-bit numbers.
using Random = std::function<std::uint32_t()>;

}  // namespace swapmasq::dhcp
