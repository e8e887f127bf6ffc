// Results of reading foreign input: a value, or why there is none. Nothing read from a file or a packet throws.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace swapmasq {

template <typename T, typename E = std::string>
using Result = tl::expected<T, E>;

}  // namespace swapmasq
