// Runs the recorded cases (grammar/cases/arguments; compat-tests/config-cases/record-arguments makes them) through the
// parsers: one case file per option.
#include <algorithm>
#include <clocale>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "grammar/arguments/every_parser.hpp"
#include "grammar/arguments/raw_argument.hpp"

namespace swapmasq::grammar {
namespace {

// A machine with one interface and one host name.
Lookup recorded_machine() {
  return {
      .addresses = [](const std::string& name) -> Result<std::vector<IpAddress>> {
        if (name == "localhost")
          return std::vector<IpAddress>{*IpAddress::parse("127.0.0.1"), *IpAddress::parse("::1")};
        return tl::unexpected<std::string>("Name or service not known");
      },
      .interface_index = [](const std::string& name) -> std::uint32_t { return name == "lo" ? 1 : 0; },
  };
}

std::string verdict_of(const NamedParser& parser, std::string_view raw) {
  static const Lookup lookup = recorded_machine();
  const auto verdict = parser.judge(raw_argument(raw), lookup);
  if (verdict) return "OK";
  return verdict.error().empty() ? "error" : verdict.error();
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(SWAPMASQ_CASES "/arguments"))
    files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

class Cases : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Cases, are_judged_as_recorded) {
  ASSERT_NE(std::setlocale(LC_ALL, "C.UTF-8"), nullptr);
  const auto parser = std::ranges::find(every_parser(), GetParam().stem().string(), &NamedParser::option);
  ASSERT_NE(parser, every_parser().end()) << "no parser for " << GetParam();
  std::ifstream file{GetParam()};
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const auto tab = line.find('\t');
    ASSERT_NE(tab, std::string::npos) << GetParam() << ':' << number;
    const bool deviates = line[0] == '!';
    const std::string expected = line.substr(deviates ? 1 : 0, tab - (deviates ? 1 : 0));
    EXPECT_EQ(verdict_of(*parser, line.substr(tab + 1)), expected)
        << GetParam().filename().string() << ':' << number << ": " << line.substr(tab + 1);
  }
  EXPECT_GT(number, 0);
}

std::string case_name(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Arguments, Cases, testing::ValuesIn(case_files()), case_name);

}  // namespace
}  // namespace swapmasq::grammar
