// The words that the reports have for kinds and results; stable, since programs read them.
#pragma once

#include <string_view>

#include "boots/outcome.hpp"
#include "boots/story.hpp"

namespace swapmasq::boots {

std::string_view word(Firmware::Kind kind);
std::string_view word(TurnedAway why);
std::string_view word(FileRequest::Result result);
std::string_view word(Outcome::State state);
// "DISCOVER"; "BOOTP" for a message without type, "OTHER" for one that no boot has.
std::string_view word(wire::Dhcp4Type type);

}  // namespace swapmasq::boots
