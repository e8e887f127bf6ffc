// The recorded cases of grammar/cases (made by compat-tests/config-cases/record) through load(): files, command lines
// and single lines that must get the verdict they get from dnsmasq.
#include <algorithm>
#include <clocale>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <unistd.h>
#include <vector>

#include "base/startup_error.hpp"
#include "config/load.hpp"
#include "config/usage.hpp"

namespace swapmasq::config {
namespace {

const std::filesystem::path cases_folder{SWAPMASQ_CASES};

std::string contents_of(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

struct Verdict {
  int exit_code = 0;
  std::string standard_error;

  std::string text() const { return std::to_string(exit_code) + "\n" + standard_error; }
};

Verdict verdict_of(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "dnsmasq");
  std::vector<const char*> argv;
  argv.reserve(arguments.size());
  for (const auto& argument : arguments) argv.push_back(argument.c_str());
  try {
    const auto outcome = load(static_cast<int>(argv.size()), argv.data());
    const auto* const answer = std::get_if<Answer>(&outcome);
    return {0, answer != nullptr ? answer->standard_error : "starts\n"};
  } catch (const StartupError& error) {
    return {error.code(), std::string{"\ndnsmasq: "} + error.what() + "\n"};
  }
}

class Cases : public testing::TestWithParam<std::filesystem::path> {
 protected:
  void SetUp() override {
    std::filesystem::current_path(cases_folder);
    ASSERT_NE(std::setlocale(LC_ALL, "C.UTF-8"), nullptr);
  }
};

TEST_P(Cases, GetTheRecordedVerdict) {
  auto path = GetParam();
  const auto name = path.filename().string();
  const auto arguments =
      path.extension() == ".conf" ? std::vector<std::string>{"--test", "-C", name} : lines_of(contents_of(path));
  const auto input = std::filesystem::path{path}.replace_extension(".stdin");
  ASSERT_NE(std::freopen(std::filesystem::exists(input) ? input.c_str() : "/dev/null", "r", stdin), nullptr);
  EXPECT_EQ(verdict_of(arguments).text(), contents_of(path.replace_extension(".verdict")));
}

std::vector<std::filesystem::path> pairs() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator{cases_folder}) {
    const auto extension = entry.path().extension();
    if (entry.is_regular_file() && (extension == ".conf" || extension == ".args")) paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

std::string test_name(const testing::TestParamInfo<std::filesystem::path>& info) {
  auto name = info.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Config, Cases, testing::ValuesIn(pairs()), test_name);

TEST(LineCases, GetTheRecordedVerdict) {
  ASSERT_NE(std::setlocale(LC_ALL, "C.UTF-8"), nullptr);
  const auto cases = lines_of(contents_of(cases_folder / "lines.cases"));
  ASSERT_FALSE(cases.empty());
  const auto path = std::filesystem::path{testing::TempDir()} / ("swapmasq-line-" + std::to_string(getpid()) + ".conf");
  const auto location = " at line 1 of " + path.string() + "\n";
  for (const auto& recorded : cases) {
    if (recorded.empty() || recorded.starts_with('#')) continue;
    const auto tab = recorded.find('\t');
    ASSERT_NE(tab, std::string::npos) << recorded;
    const auto line = recorded.substr(tab + 1);
    auto expected = recorded.substr(0, tab);
    if (expected.starts_with('!')) expected.erase(0, 1);
    std::ofstream{path, std::ios::binary} << line << '\n';
    auto said = verdict_of({"--test", "-C", path.string()}).standard_error;
    if (said == "dnsmasq: syntax check OK.\n") {
      said = "OK";
    } else {
      ASSERT_TRUE(said.starts_with("\ndnsmasq: ")) << line;
      said.erase(0, std::string_view{"\ndnsmasq: "}.size());
      if (said.ends_with(location)) said.resize(said.size() - location.size());
      if (said.ends_with('\n')) said.pop_back();
    }
    EXPECT_EQ(said, expected) << line;
  }
  std::filesystem::remove(path);
}

TEST(Usage, HasTheRecordedLeftColumn) {
  constexpr std::size_t left_column_width = 55;
  std::vector<std::string> columns;
  for (auto line : lines_of(usage_text())) {
    line.resize(std::min(line.size(), left_column_width));
    line.resize(line.find_last_not_of(' ') + 1);
    columns.push_back(line);
  }
  // Options of our own come behind those of dnsmasq.
  const auto recorded = lines_of(contents_of(cases_folder / "help.columns"));
  ASSERT_GT(columns.size(), recorded.size());
  EXPECT_EQ(columns[recorded.size()], "");
  columns.resize(recorded.size());
  EXPECT_THAT(columns, testing::ElementsAreArray(recorded));
}

}  // namespace
}  // namespace swapmasq::config
