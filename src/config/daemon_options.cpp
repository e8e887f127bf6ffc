// Process and logging options (spec config-language.md section 13, daemon.md sections 4 and 6).
#include <algorithm>
#include <array>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/logging.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Daemon;

constexpr std::int32_t default_log_queue = 5;
constexpr std::int32_t longest_log_queue = 100;

// no-daemon beats keep-in-foreground.
Applied no_daemon(Draft& draft, Argument /*argument*/) {
  draft.settings.daemon.mode = Daemon::Mode::debug;
  return {};
}

Applied keep_in_foreground(Draft& draft, Argument /*argument*/) {
  auto& daemon = draft.settings.daemon;
  daemon.keep_in_foreground = true;
  if (daemon.mode != Daemon::Mode::debug) daemon.mode = Daemon::Mode::foreground;
  return {};
}

Applied log_facility(Draft& draft, Argument argument) {
  auto target = grammar::parse_log_facility(argument.value_or(""));
  if (!target) return tl::unexpected(target.error());
  draft.settings.daemon.log = *std::move(target);
  return {};
}

Applied log_async(Draft& draft, Argument argument) {
  const auto length = argument ? grammar::number(*argument) : default_log_queue;
  if (!length) return grammar::refused("");
  auto& queue = draft.settings.daemon.log_async;
  if (*length > 0) {
    queue = static_cast<unsigned>(std::min(*length, longest_log_queue));
  } else {
    queue.reset();
  }
  return {};
}

// An empty name is a name, too.
template <auto Member>
Applied bus(Draft& draft, Argument argument, const char* well_known_name) {
  field<Member>(draft) = argument ? grammar::unquote(*argument) : well_known_name;
  return {};
}

Applied enable_dbus(Draft& draft, Argument argument) {
  return bus<&Daemon::dbus>(draft, argument, "uk.org.thekelleys.dnsmasq");
}

Applied enable_ubus(Draft& draft, Argument argument) { return bus<&Daemon::ubus>(draft, argument, "dnsmasq"); }

constexpr std::array handlers{
    Handler{Option::no_daemon, no_daemon},
    Handler{Option::keep_in_foreground, keep_in_foreground},
    Handler{Option::user, text<&Daemon::user>},
    Handler{Option::group, text<&Daemon::group>},
    Handler{Option::pid_file, text<&Daemon::pid_file>},
    Handler{Option::log_facility, log_facility},
    Handler{Option::log_async, log_async},
    Handler{Option::log_debug, flag<&Daemon::log_debug>},
    Handler{Option::log_malloc, flag<&Daemon::log_malloc>},
    Handler{Option::dumpfile, text<&Daemon::dump_file>},
    Handler{Option::dumpmask, store<&Daemon::dump_mask, grammar::parse_dumpmask>},
    Handler{Option::enable_dbus, enable_dbus},
    Handler{Option::enable_ubus, enable_ubus},
};

}  // namespace

std::span<const Handler> daemon_options() { return handlers; }

}  // namespace swapmasq::config
