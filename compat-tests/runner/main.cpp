// The scenario runner: tests a dnsmasq binary against the recordings, makes recordings, compares two binaries.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include "network.hpp"
#include "sandbox.hpp"
#include "scenario.hpp"

namespace swapmasq::compat {

namespace fs = std::filesystem;

namespace {

constexpr const char* usage =
    "usage: scenario_runner --test BINARY [SCENARIO...]\n"
    "       scenario_runner --record BINARY [SCENARIO...]\n"
    "       scenario_runner --compare BINARY BINARY [SCENARIO...]\n"
    "       scenario_runner --show BINARY SCENARIO\n";

std::vector<Scenario> all_scenarios() {
  std::vector<Scenario> result = find_scenarios(fs::path{SWAPMASQ_SOURCE_DIR} / "compat-tests/scenarios");
  for (Scenario& scenario : find_scenarios(fs::path{SWAPMASQ_SOURCE_DIR} / "upstream-configs")) {
    scenario.name = "upstream-config-" + scenario.name;
    result.push_back(std::move(scenario));
  }
  return result;
}

// What dnsmasq does not have, so that only ours can play it.
std::vector<Scenario> own_scenarios() { return find_scenarios(fs::path{SWAPMASQ_SOURCE_DIR} / "compat-tests/own"); }

// All that dnsmasq can play for no names; a name that is no scenario ends the program.
std::vector<Scenario> chosen(const std::vector<std::string>& names) {
  if (names.empty()) return all_scenarios();
  std::vector<Scenario> every = all_scenarios();
  for (Scenario& scenario : own_scenarios()) every.push_back(std::move(scenario));
  std::vector<Scenario> result;
  for (const std::string& name : names) {
    const std::size_t before = result.size();
    for (const Scenario& scenario : every) {
      if (scenario.name == name) result.push_back(scenario);
    }
    if (result.size() == before) throw std::runtime_error("no scenario " + name);
  }
  return result;
}

// "Dnsmasq version 2.93"
std::string version_of(const fs::path& program) {
  const std::string text = run_shell(fmt::format("'{}' --version", program.string()));
  const std::size_t end = std::min(text.find('\n'), text.find("  "));
  return text.substr(0, end);
}

// What diff(1) says about two outcomes.
std::string difference(const std::string& a, const std::string& b, const char* name_a, const char* name_b) {
  const auto temporary = [](const std::string& text) {
    std::string path = "/tmp/scenario-outcome-XXXXXX";
    const Fd fd{checked(::mkstemp(path.data()), "mkstemp")};
    std::ofstream{path} << text;
    return path;
  };
  const std::string path_a = temporary(a);
  const std::string path_b = temporary(b);
  std::string text =
      run_shell(fmt::format("diff -U4 --label {} --label {} {} {} || true", name_a, name_b, path_a, path_b));
  fs::remove(path_a);
  fs::remove(path_b);
  return text;
}

class ScenarioTest : public testing::Test {
 public:
  ScenarioTest(Scenario scenario, fs::path program) : scenario_(std::move(scenario)), program_(std::move(program)) {}

  void TestBody() override {
    if (const std::string reason = why_no_sandbox(); !reason.empty()) GTEST_SKIP() << reason;
    if (const std::string path = scenario_.missing(); !path.empty()) GTEST_SKIP() << "needs " << path;
    const auto outcome = play(scenario_, program_, false);
    ASSERT_TRUE(outcome) << outcome.error();
    if (*outcome != scenario_.expected()) {
      ADD_FAILURE() << difference(scenario_.expected(), *outcome, "recorded", "observed");
    }
  }

 private:
  Scenario scenario_;
  fs::path program_;
};

int test(const fs::path& program, const std::vector<std::string>& names) {
  for (const Scenario& scenario : chosen(names)) {
    testing::RegisterTest(
        "scenario", scenario.name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
        [=]() -> ScenarioTest* { return std::make_unique<ScenarioTest>(scenario, program).release(); });
  }
  return RUN_ALL_TESTS();
}

int record(const fs::path& program, const std::vector<std::string>& names) {
  const std::string version = version_of(program);
  int failures = 0;
  for (const Scenario& scenario : chosen(names)) {
    const auto outcome = play(scenario, program, false);
    if (outcome) {
      std::ofstream{scenario.folder / "expected"} << "# recorded from " << version << "\n" << *outcome;
    } else {
      ++failures;
    }
    std::cout << fmt::format("{}: {}", scenario.name, outcome ? "recorded" : outcome.error()) << std::endl;
  }
  return failures == 0 ? 0 : 1;
}

int compare(const fs::path& first, const fs::path& second, const std::vector<std::string>& names) {
  int differences = 0;
  for (const Scenario& scenario : chosen(names)) {
    const auto text = [&](const fs::path& program) {
      const auto outcome = play(scenario, program, false);
      return outcome ? *outcome : outcome.error() + "\n";
    };
    const std::string a = text(first);
    const std::string b = text(second);
    std::cout << fmt::format("{}: {}", scenario.name, a == b ? "same" : "different") << std::endl;
    if (a == b) continue;
    std::cout << difference(a, b, "first", "second") << std::flush;
    ++differences;
  }
  return differences == 0 ? 0 : 1;
}

int show(const fs::path& program, const std::vector<std::string>& names) {
  for (const Scenario& scenario : chosen(names)) {
    if (const std::string path = scenario.missing(); !path.empty()) throw std::runtime_error("needs " + path);
    const auto outcome = play(scenario, program, true);
    if (!outcome) throw std::runtime_error(outcome.error());
    if (outcome->find("  console does not show") != std::string::npos) throw std::runtime_error("the PC did not boot");
  }
  return 0;
}

int run(const std::vector<std::string>& words) {
  const auto names = [&](std::size_t from) {
    return std::vector<std::string>(words.begin() + static_cast<std::ptrdiff_t>(std::min(from, words.size())),
                                    words.end());
  };
  if (words.size() >= 2 && words[0] == "--test") return test(fs::absolute(words[1]), names(2));
  if (const std::string reason = why_no_sandbox(); !reason.empty()) throw std::runtime_error(reason);
  if (words.size() >= 2 && words[0] == "--record") return record(fs::absolute(words[1]), names(2));
  if (words.size() >= 3 && words[0] == "--compare") {
    return compare(fs::absolute(words[1]), fs::absolute(words[2]), names(3));
  }
  if (words.size() >= 3 && words[0] == "--show") return show(fs::absolute(words[1]), names(2));
  std::cerr << usage;
  return 2;
}

}  // namespace

}  // namespace swapmasq::compat

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  try {
    return swapmasq::compat::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 2;
  }
}
