// The lines between "started" and the first service lines (spec daemon.md section 7, rows 1 to 16).
#pragma once

#include <optional>
#include <vector>

#include "app/listeners.hpp"
#include "log/line.hpp"
#include "net/interfaces.hpp"
#include "settings/settings.hpp"

namespace swapmasq::app {

// Warnings that arose while the process took its identity; each has its place among the lines.
struct IdentityWarnings {
  std::optional<log::Line> pid_file;
  std::optional<log::Line> log_file;
};

void log_startup(const settings::Settings& settings, const net::Interfaces& interfaces,
                 const std::vector<Listener>& listeners, const IdentityWarnings& warnings, log::Log& log);

}  // namespace swapmasq::app
