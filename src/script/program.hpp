// One run of the dhcp-script.
#pragma once

#include <functional>
#include <string>

#include "log/line.hpp"
#include "script/event.hpp"

namespace swapmasq::script {

// Runs it and waits for its end. `tell` gets what it prints, if that is captured, and how it failed; it is also called
// in a process of its own.
void run_program(const std::string& path, const Event& event, bool capture_output,
                 const std::function<void(const log::Line&)>& tell);

}  // namespace swapmasq::script
