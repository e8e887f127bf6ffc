// Processor and firmware types: the numbers of option 93, and what the name of a boot file says about them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace swapmasq::boots {

// "UEFI x64"; empty for numbers without a name (IANA, Processor Architecture Types).
std::string_view architecture_name(std::uint16_t architecture);

// Whether a client of this architecture can run a file of that name; nothing when the name does not tell.
std::optional<bool> fits(std::string_view path, std::uint16_t architecture);

}  // namespace swapmasq::boots
