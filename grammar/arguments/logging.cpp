#include "grammar/arguments/logging.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <utility>

#include "grammar/arguments/values.hpp"
#include "grammar/diagnosis.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::grammar {
namespace {

struct Facility {
  std::string_view name;
  int number;  // RFC 5424 section 6.2.1
};

constexpr std::array<Facility, 22> facilities = {{
    {"kern", 0},    {"user", 1},    {"mail", 2},    {"daemon", 3},  {"auth", 4},    {"security", 4},
    {"syslog", 5},  {"lpr", 6},     {"news", 7},    {"uucp", 8},    {"cron", 9},    {"authpriv", 10},
    {"ftp", 11},    {"local0", 16}, {"local1", 17}, {"local2", 18}, {"local3", 19}, {"local4", 20},
    {"local5", 21}, {"local6", 22}, {"local7", 23}, {"mark", 24},
}};

std::vector<std::string_view> facility_names() {
  std::vector<std::string_view> names;
  for (const auto& facility : facilities) names.push_back(facility.name);
  return names;
}

}  // namespace

Result<settings::Daemon::LogTarget> parse_log_facility(std::string_view argument) {
  using Kind = settings::Daemon::LogTarget::Kind;
  if (argument == "-") return settings::Daemon::LogTarget{Kind::standard_error, std::nullopt, {}};
  if (argument.find('/') != std::string_view::npos)
    return settings::Daemon::LogTarget{Kind::file, std::nullopt, unquote(argument)};
  const auto facility =
      std::ranges::find_if(facilities, [argument](const Facility& known) { return same_word(known.name, argument); });
  if (facility == facilities.end()) {
    blame(argument, "a syslog facility (such as daemon or local0), a file's path with a / in it, or -", facility_names);
    return refused("bad log facility");
  }
  return settings::Daemon::LogTarget{Kind::syslog, facility->number, {}};
}

Result<std::uint32_t> parse_dumpmask(std::string_view argument) {
  const std::string text = unquote(argument);
  return static_cast<std::uint32_t>(std::strtol(text.c_str(), nullptr, 0));
}

}  // namespace swapmasq::grammar
