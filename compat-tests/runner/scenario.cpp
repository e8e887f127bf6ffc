#include "scenario.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "player.hpp"
#include "sandbox.hpp"
#include "script.hpp"

namespace swapmasq::compat {

namespace fs = std::filesystem;

namespace {

std::string read_file(const fs::path& path) {
  std::ifstream in{path};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// Of "PATH|PATH" one is enough: distributions and their releases disagree.
bool one_exists(const std::string& paths) {
  std::istringstream in{paths};
  for (std::string path; std::getline(in, path, '|');)
    if (fs::exists(path)) return true;
  return false;
}

}  // namespace

std::string Scenario::missing() const {
  for (const Step& step : parse_script(read_file(folder / "script"))) {
    if (step.verb != "needs") continue;
    for (const std::string& path : step.words) {
      if (!one_exists(path)) return path;
    }
  }
  return {};
}

std::string Scenario::expected() const {
  const std::string text = read_file(folder / "expected");
  return text.substr(std::min(text.find('\n'), text.size() - 1) + 1);
}

std::vector<Scenario> find_scenarios(const fs::path& folder) {
  std::vector<Scenario> result;
  for (const fs::directory_entry& entry : fs::directory_iterator{folder}) {
    if (fs::exists(entry.path() / "script")) result.push_back({entry.path().filename(), entry.path()});
  }
  std::sort(result.begin(), result.end(), [](const Scenario& a, const Scenario& b) { return a.name < b.name; });
  return result;
}

Result<std::string> play(const Scenario& scenario, const fs::path& program, bool show) {
  SandboxSetup setup;
  setup.program = program;
  setup.trees.emplace_back(fs::path{SWAPMASQ_SOURCE_DIR} / "compat-tests/base-files");
  if (fs::exists(scenario.folder / "files")) setup.trees.push_back(scenario.folder / "files");
  const std::string configuration = read_file(scenario.folder / "dnsmasq.conf");
  const std::vector<Step> steps = parse_script(read_file(scenario.folder / "script"));
  return in_sandbox(setup, [&] {
    if (!configuration.empty()) std::ofstream{"/etc/dnsmasq.conf"} << configuration;
    return Player{program_in_sandbox, show}.play(steps);
  });
}

}  // namespace swapmasq::compat
