// A TFTP client (RFC 1350, 2347-2349, 7440) that fetches a file as a step says, including the ways in which real
// clients misbehave, and tells what it received.
#pragma once

#include <string>

#include "event_loop.hpp"
#include "network.hpp"
#include "script.hpp"

namespace swapmasq::compat {

// `tftp <file> [arguments]` (README.md); the text has a line per packet, newline at the end.
std::string run_tftp(EventLoop& loop, const Network& network, const Step& step);

}  // namespace swapmasq::compat
