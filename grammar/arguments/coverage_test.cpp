// Every rule of every argument grammar is matched by a recorded case, and every rule that has a message of its own is
// failed by one. The grammars are built anew for this test, with counters in them.
#include "grammar/arguments/coverage.hpp"

#include <algorithm>
#include <clocale>
#include <gtest/gtest.h>
#include <string>

#include "grammar/arguments/every_parser.hpp"
#include "grammar/arguments/raw_argument.hpp"
#include "grammar/recorded_cases.hpp"

namespace swapmasq::grammar {
namespace {

void run_recorded_cases() {
  const auto lookup = recorded_machine();
  for (const auto& path : recorded_case_files({SWAPMASQ_CASES "/arguments"})) {
    const auto parser = std::ranges::find(every_parser(), path.stem().string(), &NamedParser::option);
    for (const auto& recorded : read_recorded_cases(path)) {
      static_cast<void>(parser->judge(raw_argument(recorded.argument), lookup));
    }
  }
}

// The rules of the vocabulary and of PEGTL are parts of others.
bool is_named(std::string_view rule) {
  return rule.find("grammar::rules::{anonymous}::") < rule.find('<') ||
         rule.find("grammar::rules::(anonymous namespace)::") < rule.find('<');
}

TEST(RecordedCases, ExerciseEveryRule) {
  ASSERT_NE(std::setlocale(LC_ALL, "C.UTF-8"), nullptr);
  run_recorded_cases();
  std::size_t named = 0;
  for (const auto& [where, count] : rule_counts) {
    const auto& [grammar, rule] = where;
    if (!is_named(rule)) continue;
    ++named;
    EXPECT_GT(count.matched, 0U) << rule << " of " << grammar << " is matched by no case";
    EXPECT_TRUE(!count.has_message || count.matched < count.tried)
        << rule << " of " << grammar << " is failed by no case";
  }
  EXPECT_GT(named, 200U);
}

TEST(RecordedCases, AreThereForEveryParser) {
  for (const auto& parser : every_parser()) {
    EXPECT_TRUE(std::filesystem::exists(std::string{SWAPMASQ_CASES "/arguments/"}.append(parser.option) + ".cases"))
        << parser.option;
  }
}

}  // namespace
}  // namespace swapmasq::grammar
