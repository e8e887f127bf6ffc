// Runs the recorded cases (grammar/cases/arguments; compat-tests/config-cases/record-arguments makes them) through the
// parsers: one case file per option.
#include <algorithm>
#include <clocale>
#include <gtest/gtest.h>
#include <string>

#include "grammar/arguments/every_parser.hpp"
#include "grammar/arguments/raw_argument.hpp"
#include "grammar/recorded_cases.hpp"

namespace swapmasq::grammar {
namespace {

std::string verdict_of(const NamedParser& parser, std::string_view raw) {
  static const Lookup lookup = recorded_machine();
  const auto verdict = parser.judge(raw_argument(raw), lookup);
  if (verdict) return "OK";
  return verdict.error().empty() ? "error" : verdict.error();
}

class Cases : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Cases, are_judged_as_recorded) {
  ASSERT_NE(std::setlocale(LC_ALL, "C.UTF-8"), nullptr);
  const auto parser = std::ranges::find(every_parser(), GetParam().stem().string(), &NamedParser::option);
  ASSERT_NE(parser, every_parser().end()) << "no parser for " << GetParam();
  const auto cases = read_recorded_cases(GetParam());
  for (const auto& [verdict, argument, place] : cases) {
    EXPECT_EQ(verdict_of(*parser, argument), verdict) << place << ": " << argument;
  }
  EXPECT_FALSE(cases.empty());
}

INSTANTIATE_TEST_SUITE_P(Arguments, Cases, testing::ValuesIn(recorded_case_files({SWAPMASQ_CASES "/arguments"})),
                         recorded_case_name);

}  // namespace
}  // namespace swapmasq::grammar
