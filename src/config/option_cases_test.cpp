// The recorded verdicts about single options (grammar/cases/arguments and grammar/cases/options, made by
// compat-tests/config-cases/record-arguments) through the lexer and what the option does to the settings. Options that
// this build refuses are left out.
#include <gtest/gtest.h>

#include <algorithm>
#include <clocale>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "config/options.hpp"
#include "grammar/line.hpp"

namespace swapmasq::config {
namespace {

grammar::Lookup recorded_machine() {
  return {
      .addresses = [](const std::string& name) -> Result<std::vector<IpAddress>> {
        if (name == "localhost") return std::vector<IpAddress>{*IpAddress::parse("127.0.0.1"), *IpAddress::parse("::1")};
        return tl::unexpected<std::string>("Name or service not known");
      },
      .interface_index = [](const std::string& name) -> std::uint32_t { return name == "lo" ? 1 : 0; },
  };
}

// dnsmasq's message, or "OK", or nothing when this build does not have the option.
std::optional<std::string> verdict_of(const std::string& line) {
  const auto framed = [](const std::string& message) { return message.empty() ? "error" : message; };
  const auto directive = grammar::read_line(line);
  if (!directive) return framed(directive.error());
  const auto apply = handler_of((*directive)->option);
  if (apply == nullptr) return std::nullopt;
  Draft draft;
  draft.lookup = recorded_machine();
  const auto applied = apply(draft, (*directive)->argument);
  if (applied) return "OK";
  if (applied.error() == grammar::not_built_message) return std::nullopt;
  return framed(applied.error());
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  for (const auto* folder : {SWAPMASQ_CASES "/arguments", SWAPMASQ_CASES "/options"})
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

class OptionCases : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(OptionCases, get_the_verdict_of_dnsmasq) {
  ASSERT_NE(std::setlocale(LC_ALL, "C.UTF-8"), nullptr);
  const std::string option = GetParam().stem().string();
  std::ifstream file{GetParam()};
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const auto tab = line.find('\t');
    ASSERT_NE(tab, std::string::npos) << GetParam() << ':' << number;
    const std::size_t begin = line[0] == '!' ? 1 : 0;
    const std::string argument = line.substr(tab + 1);
    const auto verdict = verdict_of(option + '=' + argument);
    EXPECT_EQ(verdict.value_or(line.substr(begin, tab - begin)), line.substr(begin, tab - begin))
        << GetParam().filename().string() << ':' << number << ": " << argument;
  }
  EXPECT_GT(number, 0);
}

std::string case_name(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Recorded, OptionCases, testing::ValuesIn(case_files()), case_name);

}  // namespace
}  // namespace swapmasq::config
