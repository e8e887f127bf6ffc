#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "check/checks.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::check {

namespace {

using grammar::Option;

enum class Wanted {
  file,
  folder,
  either,
  new_file,  // written by dnsmasq: its folder must exist
};

enum class When { as_root, at_run_time };  // before or after the change of user

struct PathOption {
  Option option;
  Wanted wanted;
  When when;
  // What dnsmasq says when it does not start because of it, about path and reason; empty: it starts.
  std::string_view fatal = {};
};

constexpr auto path_options = std::to_array<PathOption>({
    {Option::addn_hosts, Wanted::either, When::at_run_time},
    {Option::hostsdir, Wanted::folder, When::at_run_time},
    {Option::dhcp_hostsfile, Wanted::either, When::at_run_time},
    {Option::dhcp_optsfile, Wanted::either, When::at_run_time},
    {Option::dhcp_hostsdir, Wanted::folder, When::at_run_time},
    {Option::dhcp_optsdir, Wanted::folder, When::at_run_time},
    {Option::resolv_file, Wanted::file, When::at_run_time},
    {Option::servers_file, Wanted::file, When::at_run_time},
    {Option::tftp_root, Wanted::folder, When::at_run_time, "TFTP directory {} inaccessible: {}"},
    {Option::dhcp_script, Wanted::file, When::as_root},
    {Option::dhcp_luascript, Wanted::file, When::as_root},
    {Option::dhcp_leasefile, Wanted::new_file, When::as_root, "cannot open or create lease file {}: {}"},
    {Option::pid_file, Wanted::new_file, When::as_root, "failed to open pidfile {}: {}"},
    {Option::log_facility, Wanted::new_file, When::as_root, "cannot open log {}: {}"},
    {Option::dumpfile, Wanted::new_file, When::as_root, "cannot create {}: {}"},
    {Option::dnssec_timestamp, Wanted::new_file, When::at_run_time, "cannot create timestamp file {}: {}"},
});

struct Use {
  const PathOption* row;
  std::string path;
  std::string looked_at;  // the path, or the folder of a new file
  Place place;
};

// The path that an option names, and which field of its argument that is; nothing when it names none.
std::optional<Use> use_of(const Entry& entry, const PathOption& row) {
  // tftp-root may have an interface behind the path; other paths may have commas.
  const auto fields = fields_of(entry.value());
  const bool first_field = row.option == Option::tftp_root;
  auto path = grammar::unquote(first_field ? fields.front().text : entry.value());
  if (path.empty() || (row.option == Option::log_facility && path.find('/') == std::string::npos)) return std::nullopt;
  auto looked_at = row.wanted == Wanted::new_file ? std::filesystem::path{path}.parent_path().string() : path;
  if (looked_at.empty()) return std::nullopt;
  auto place = first_field ? place_of(entry, fields.front().span) : place_of(entry);
  return Use{&row, std::move(path), std::move(looked_at), std::move(place)};
}

std::vector<Use> uses_of(const Subject& subject) {
  std::vector<Use> uses;
  for (const auto& entry : subject.entries.all()) {
    const auto* const row = std::ranges::find(path_options, entry.option, &PathOption::option);
    if (row == path_options.end() || entry.fate != Entry::Fate::accepted) continue;
    if (auto use = use_of(entry, *row)) uses.push_back(*std::move(use));
  }
  return uses;
}

// What is wrong, in words; empty: nothing.
std::string problem_of(const Use& use, const PathState& state) {
  using Kind = PathState::Kind;
  const bool new_file = use.row->wanted == Wanted::new_file;
  if (state.kind == Kind::missing) {
    return fmt::format("{} {}: {}", new_file ? "there is no folder" : "cannot read", use.looked_at, state.error);
  }
  if (state.kind == Kind::file && (use.row->wanted == Wanted::folder || new_file)) {
    return fmt::format("{} is no folder", use.looked_at);
  }
  if (state.kind == Kind::folder && use.row->wanted == Wanted::file)
    return fmt::format("{} is a folder", use.looked_at);
  if (!state.readable && !new_file) return fmt::format("cannot read {}: {}", use.looked_at, state.error);
  return {};
}

bool is_fatal(const Subject& subject, const Use& use) {
  const auto& settings = subject.settings;
  switch (use.row->option) {
    case Option::tftp_root:
      return settings.tftp.enabled && !subject.entries.has(Option::tftp_no_fail);
    case Option::dhcp_leasefile:
      return settings.dhcp.enabled();
    case Option::pid_file:
      return settings.daemon.mode != settings::Daemon::Mode::debug;
    default:
      return !use.row->fatal.empty();
  }
}

void report_problem(const Subject& subject, const Use& use, const PathState& state, const std::string& account,
                    Report& report) {
  auto problem = problem_of(use, state);
  if (problem.empty()) return;
  if (!state.readable && state.kind != PathState::Kind::missing && !account.empty()) {
    problem += fmt::format(" (as user {})", account);
  }
  auto finding = warning("path", std::move(problem), use.place);
  if (is_fatal(subject, use)) {
    finding.severity = Finding::Severity::error;
    const auto reason = state.error.empty() ? std::string{"Not a directory"} : state.error;
    finding.dnsmasq = fmt::format(fmt::runtime(use.row->fatal), use.path, reason);
  }
  report.add(std::move(finding));
}

}  // namespace

void check_paths(const Subject& subject, Report& report) {
  const auto uses = uses_of(subject);
  std::vector<PathState> states(uses.size());
  std::vector<std::string> users(uses.size());
  for (const auto when : {When::as_root, When::at_run_time}) {
    auto daemon = subject.settings.daemon;
    if (when == When::as_root || daemon.mode == settings::Daemon::Mode::debug) daemon.user = daemon.group = "";
    std::vector<std::string> paths;
    for (const auto& use : uses) paths.push_back(use.row->when == when ? use.looked_at : std::string{});
    auto seen = subject.system.look_at(paths, daemon);
    for (std::size_t i = 0; i < uses.size(); ++i) {
      if (uses[i].row->when != when) continue;
      states[i] = std::move(seen[i]);
      users[i] = daemon.user.value_or(settings::Daemon::default_user);
    }
  }
  for (std::size_t i = 0; i < uses.size(); ++i) report_problem(subject, uses[i], states[i], users[i], report);
}

}  // namespace swapmasq::check
