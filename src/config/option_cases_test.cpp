// The recorded verdicts about single options (grammar/cases/arguments and grammar/cases/options, made by
// compat-tests/config-cases/record-arguments) through the lexer and what the option does to the settings.
#include <clocale>
#include <gtest/gtest.h>
#include <string>

#include "config/options.hpp"
#include "grammar/line.hpp"
#include "grammar/recorded_cases.hpp"

namespace swapmasq::config {
namespace {

// dnsmasq's message, or "OK".
std::string verdict_of(const std::string& line) {
  const auto framed = [](const std::string& message) { return message.empty() ? "error" : message; };
  const auto directive = grammar::read_line(line);
  if (!directive) return framed(directive.error());
  const auto apply = handler_of((*directive)->option);
  if (apply == nullptr) return "no handler";
  Draft draft;
  draft.lookup = grammar::recorded_machine();
  const auto applied = apply(draft, (*directive)->argument);
  return applied ? "OK" : framed(applied.error());
}

class OptionCases : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(OptionCases, get_the_verdict_of_dnsmasq) {
  ASSERT_NE(std::setlocale(LC_ALL, "C.UTF-8"), nullptr);
  const std::string option = GetParam().stem().string();
  const auto cases = grammar::read_recorded_cases(GetParam());
  for (const auto& [verdict, argument, place] : cases) {
    EXPECT_EQ(verdict_of(option + '=' + argument), verdict) << place << ": " << argument;
  }
  EXPECT_FALSE(cases.empty());
}

INSTANTIATE_TEST_SUITE_P(Recorded, OptionCases,
                         testing::ValuesIn(grammar::recorded_case_files({SWAPMASQ_CASES "/arguments",
                                                                         SWAPMASQ_CASES "/options"})),
                         grammar::recorded_case_name);

}  // namespace
}  // namespace swapmasq::config
