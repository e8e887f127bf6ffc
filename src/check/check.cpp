#include "check/check.hpp"

#include <variant>

#include "check/checks.hpp"
#include "check/collector.hpp"
#include "check/json_report.hpp"
#include "check/text_report.hpp"
#include "config/load.hpp"
#include "grammar/command_line.hpp"

namespace swapmasq::check {

std::optional<Format> requested(int argc, const char* const* argv) {
  std::optional<Format> format;
  for (const auto& [option, argument] : grammar::read_command_line(argc, argv).own) {
    if (option != grammar::OwnOption::check) continue;
    if (argument && *argument != "json") throw config::error_at({}, "");
    format = argument ? Format::json : Format::text;
  }
  return format;
}

Verdict run(int argc, const char* const* argv, Format format, const System& system) {
  Collector collector;
  const auto outcome = config::load(argc, argv, &collector);
  if (const auto* const answer = std::get_if<config::Answer>(&outcome)) return {answer->standard_output, 0};
  auto& report = collector.report();
  check_all({collector.entries(), collector.settings(), system}, report);
  return {format == Format::json ? json_of(report) : text_of(report), report.exit_code()};
}

}  // namespace swapmasq::check
